"""Mutants of a header: each one small change of its source, made by a rule from the tokens.

Only the bodies of functions are changed: no declarations, template parameters, attributes, static_asserts or
preprocessor lines.  What is made depends on the text alone, so that a mutant keeps its name until its line changes.
"""
import dataclasses
import hashlib
import re

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:\\\n|[^\n])*)
      | (?P<text>u8?"(?:\\.|[^"\\])*"|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])')
      | (?P<number>0x[0-9a-f.]+(?:p[+-]?\d+)?[a-zA-Z]*|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[a-zA-Z]*)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign><<=|>>=|<=>|\.\.\.|->|::|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\[\[|\]\]|[-+*/%&|^~!<>=?:;,.(){}\[\]])
    """, re.VERBOSE | re.MULTILINE | re.DOTALL)

OTHER_SIGN = {"+": ("sign", "-"), "-": ("sign", "+"), "+=": ("sign", "-="), "-=": ("sign", "+="),
              "*": ("factor", "/"), "/": ("factor", "*"), "%": ("factor", "/"),
              "<": ("comparison", "<="), "<=": ("comparison", "<"), ">": ("comparison", ">="),
              ">=": ("comparison", ">"), "==": ("comparison", "!="), "!=": ("comparison", "=="),
              "&&": ("condition", "||"), "||": ("condition", "&&"), "<<": ("factor", ">>"), ">>": ("factor", "<<")}
PAIRS = [("rows", "columns"), ("left", "right"), ("sin", "cos"), ("sinh", "cosh"), ("maximum", "minimum"),
         ("true", "false"), ("x", "y"), ("a", "b"), ("low", "high"), ("row_stride", "inner_stride"), ("i", "j"),
         ("first", "rest"), ("begin", "end"), ("add", "subtract"), ("multiply", "divide"), ("sum", "difference")]
OTHER_NAME = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
DROPPED_CALLS = {"transpose", "transposed", "negated", "negate", "abs", "reciprocal", "square"}
OPEN, CLOSE = {"(": ")", "{": "}", "[": "]"}, {")", "}", "]"}


@dataclasses.dataclass(frozen=True)
class Mutant:
    path: str       # below include/
    begin: int      # of the text replaced
    end: int
    text: str       # what stands there instead
    kind: str       # sign, factor, index, ...
    line: int
    before: str     # the line as it is, and as it becomes
    after: str
    name: str = ""


@dataclasses.dataclass
class Token:
    kind: str
    text: str
    begin: int
    end: int
    code: bool = False     # inside a function
    partner: int = -1      # of a bracket
    within: str = ""       # the innermost bracket around it


def tokens_of(source):
    found, position = [], 0
    while position < len(source):
        match = TOKEN.match(source, position)
        if not match:
            raise ValueError(f"cannot read {source[position:position + 30]!r}")
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup, match.group(), match.start(), match.end()))
        position = match.end()
    return found


def without_templates(head):
    """The tokens before a `{` without `template <...>` and attributes."""
    out, depth, i = [], 0, 0
    while i < len(head):
        if head[i] == "template" and i + 1 < len(head) and head[i + 1] == "<":
            depth, i = 1, i + 2
            while i < len(head) and depth > 0:
                depth += {"<": 1, ">": -1, ">>": -2}.get(head[i], 0)
                i += 1
        else:
            out.append(head[i])
            i += 1
    return out


def mark(tokens):
    """Which tokens stand in functions, and which brackets belong together."""
    stack, head = [], []
    for i, token in enumerate(tokens):
        inside = bool(stack) and stack[-1][1]
        token.code, token.within = inside, stack[-1][0] if stack else ""
        if token.text in OPEN:
            code = inside
            if token.text == "{" and not inside:
                words = without_templates(head)
                code = (")" in words and words[0] not in ("namespace", "struct", "class", "enum", "union", "concept")
                        and words[-1] != "requires" and not {"concept", "requires"} & set(words[:1]))
            stack.append((token.text, code, i))
        elif token.text in CLOSE and stack:
            _, _, opened = stack.pop()
            token.partner, tokens[opened].partner = opened, i
        if token.text in ("{", "}", ";"):
            head = []
        else:
            head.append(token.text)
    left_out = 0
    for i, token in enumerate(tokens):        # static_assert(...), [[...]], sizeof, alignas
        if token.text in ("static_assert", "sizeof", "alignas", "noexcept", "decltype") and i + 1 < len(tokens):
            left_out = max(left_out, tokens[i + 1].partner if tokens[i + 1].text == "(" else 0)
        if token.text == "[[":
            left_out = max(left_out, next(k for k in range(i, len(tokens)) if tokens[k].text == "]]"))
        if i <= left_out and left_out > 0:
            token.code = False
    return tokens


class Generator:
    def __init__(self, path, source):
        self.path, self.source = path, source
        self.tokens = mark(tokens_of(source))
        self.found = []

    def spaced(self, i):
        """A binary operator, as it is formatted here: a space on both sides."""
        t, s = self.tokens[i], self.source
        return s[t.begin - 1].isspace() and s[t.end].isspace()

    def add(self, kind, begin, end, text):
        s = self.source
        first, last = s.rfind("\n", 0, begin) + 1, s.find("\n", end)
        before, after = s[first:last], s[first:begin] + text + s[end:last]
        squeeze = lambda x: " ".join(x.split())
        self.found.append(Mutant(self.path, begin, end, text, kind, s.count("\n", 0, begin) + 1,
                                 squeeze(before), squeeze(after)))

    def names_near(self, i):
        """The names in the function around token i, and in its head."""
        first = last = i
        while first > 0 and (self.tokens[first].code or self.tokens[first].text not in (";", "}")):
            first -= 1
        while last + 1 < len(self.tokens) and self.tokens[last].code:
            last += 1
        return {"true", "false"} | {t.text for t in self.tokens[first:last] if t.kind == "name"}

    def end_of_term(self, i):
        """The last token of the product that begins at token i."""
        while i + 1 < len(self.tokens):
            t = self.tokens[i]
            if t.partner > i:
                i = t.partner
            following = self.tokens[i + 1].text
            if following in {"+", "-", ",", ";", ")", "]", "}", "&&", "||", "?", ":", "<", ">", "<=", ">=", "==", "!=",
                             "{", "=", "|", "&", "^", "<<", ">>", "+=", "-="}:
                return i
            i += 1
        return i

    def end_of_part(self, i, ends):
        while self.tokens[i].text not in ends:
            i = self.tokens[i].partner + 1 if self.tokens[i].partner > i else i + 1
        return i

    def signs(self):
        for i, t in enumerate(self.tokens):
            if not t.code or t.kind != "sign":
                continue
            if t.text in OTHER_SIGN and self.spaced(i):
                kind, other = OTHER_SIGN[t.text]
                self.add(kind, t.begin, t.end, other)
            if t.text in ("+", "-", "&&", "||", "*") and self.spaced(i):
                last = self.tokens[self.end_of_term(i + 1)]
                self.add("dropped term" if t.text != "*" else "dropped factor",
                         t.begin - 1, last.end if t.text != "*" else self.last_of_factor(i + 1), "")
            if t.text in ("-", "!") and not self.spaced(i) and not self.source[t.end].isspace():
                if t.text == "!" or self.tokens[i - 1].kind == "sign" and self.tokens[i - 1].text not in (")", "]") \
                        or self.tokens[i - 1].text == "return":
                    self.add("sign" if t.text == "-" else "condition", t.begin, t.end, "")

    def last_of_factor(self, i):
        """Where the factor that begins at token i ends."""
        while True:
            if self.tokens[i].partner > i:
                i = self.tokens[i].partner
            following = self.tokens[i + 1]
            if following.text in ("(", "[", ".", "->", "::", "{") or self.tokens[i].text in (".", "->", "::", "-", "!"):
                i += 1
                continue
            return self.tokens[i].end

    def numbers(self):
        for i, t in enumerate(self.tokens):
            if not t.code or t.kind != "number":
                continue
            if re.fullmatch(r"\d+", t.text):
                index = t.within == "[" or self.tokens[i - 2].text in ("operand", "read") and self.tokens[i - 1].text == "("
                n = int(t.text)
                self.add("index" if index else "factor", t.begin, t.end, str(1 - n if index and n < 2 else n + 1))
            elif "." in t.text:
                self.add("factor", t.begin, t.end, f"(2 * {t.text})")

    def names(self):
        for i, t in enumerate(self.tokens):
            if not t.code or t.kind != "name":
                continue
            following, before = self.tokens[i + 1], self.tokens[i - 1]
            if OTHER_NAME.get(t.text) in self.names_near(i) and before.kind != "name" \
                    and before.text not in ("&", "*", ">", "++", "--") and following.text != "=":
                self.add("index" if len(t.text) == 1 or t.text in ("rows", "columns") else "name",
                         t.begin, t.end, OTHER_NAME[t.text])
            if t.text in DROPPED_CALLS and following.text == "(" and before.text not in ("::", "."):
                self.add("transpose" if t.text.startswith("transpose") else "dropped call", t.begin, t.end, "")

    def lists(self):
        """Two arguments of a call, or two entries of a list in braces, change places."""
        for i, t in enumerate(self.tokens):
            if not t.code or t.text not in ("(", "{") or t.partner < 0:
                continue
            parts, start, k = [], i + 1, i + 1
            while k < t.partner:
                if self.tokens[k].text == ";":
                    parts = []
                    break
                if self.tokens[k].text == ",":
                    parts.append((start, k - 1))
                    start = k + 1
                k = self.tokens[k].partner + 1 if self.tokens[k].partner > k else k + 1
            else:
                parts.append((start, t.partner - 1))
            for (a, b), (c, d) in zip(parts, parts[1:]):
                one = self.source[self.tokens[a].begin:self.tokens[b].end]
                two = self.source[self.tokens[c].begin:self.tokens[d].end]
                if one != two and a <= b and c <= d and not re.match(r"(const|auto|int|handle|V|T|\[)\b", one):
                    self.add("swapped arguments", self.tokens[a].begin, self.tokens[d].end, f"{two}, {one}")

    def choices(self):
        for i, t in enumerate(self.tokens):
            if not t.code:
                continue
            if t.text == "?":
                colon = self.end_of_part(i + 1, {":"})
                end = self.end_of_part(colon + 1, {",", ";", ")", "}", "]", ":"})
                one = self.source[self.tokens[i + 1].begin:self.tokens[colon - 1].end]
                two = self.source[self.tokens[colon + 1].begin:self.tokens[end - 1].end]
                self.add("choice", self.tokens[i + 1].begin, self.tokens[end - 1].end, f"{two} : {one}")
            if t.text == "if" and self.tokens[i - 1].text in (";", "{", "}"):
                k = i
                while self.tokens[k].text == "if":
                    k = self.tokens[k + (2 if self.tokens[k + 1].text == "constexpr" else 1)].partner + 1
                if self.tokens[k].text == "return":
                    end = self.end_of_part(k, {";"})
                    if self.tokens[end + 1].text != "else":
                        self.add("dropped rule", t.begin, self.tokens[end].end, "")

    def run(self):
        for rule in (self.signs, self.numbers, self.names, self.lists, self.choices):
            rule()
        seen, out = {}, []
        for m in sorted(self.found, key=lambda m: (m.begin, m.end, m.kind, m.text)):
            what = (m.path, m.before, m.after, m.kind)
            seen[what] = seen.get(what, 0) + 1
            name = hashlib.sha256("\0".join((*what, str(seen[what]))).encode()).hexdigest()[:10]
            if m.before != m.after:
                out.append(dataclasses.replace(m, name=name))
        return out


def mutants_of(path, source):
    """All mutants of the header `path`, in the order of the text."""
    return Generator(path, source).run()
