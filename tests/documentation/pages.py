"""The C++ of a page, block by block, and the programs that it is compiled as.  run.py says what the fences mean."""
import re

FENCE = re.compile(r"^( *)(`{3,})[ ]*(.*?)\s*$")
LANGUAGE = re.compile(r"^(\S*)\s*(.*)$")
QUOTED = re.compile(r'(\w+)="([^"]*)"')
MAIN = re.compile(r"^\s*(?:auto|int)\s+main\s*\(", re.MULTILINE)
PLAIN_MAIN = re.compile(r"^\s*(?:auto|int)\s+main\s*\(\s*\)", re.MULTILINE)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include\b.*$", re.MULTILINE)
# What can stand only once in a program, or only at its top: directives, namespaces, specialisations, operators new.
AT_THE_TOP = re.compile(r"""^[ \t]*\#(?![ \t]*include\b) | ^[ \t]*(?:inline[ \t]+)?namespace\b(?![ \t]+\w+[ \t]*=)
                            | template[ \t]*<[ \t]*> | operator[ \t]+(?:new|delete)\b | extern[ \t]+"C" """,
                        re.MULTILINE | re.VERBOSE)

# Enough of C++ to find where one thing at the top level ends and the next begins.
TOKEN = re.compile(r"""^[ \t]*\#[^\n]* | //[^\n]* | /\*[\s\S]*?\*/      # a directive, a comment
                       | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])'        # a string, a character
                       | [\s\S]                                          # anything else, letter by letter
                       """, re.MULTILINE | re.VERBOSE)
# What may stand outside a function: a keyword that begins a declaration, or a type followed by a name.
STATEMENT = r"(?:if|else|for|while|do|switch|try|return|throw|delete)\b"
TYPE = r"[\w:]+(?:\s*<(?!<)[^;=(]*>)?(?:::\w+)?"
NAMED = rf"{TYPE}\s*[&*]*\s+[&*]*[A-Za-z_\[]"
DECLARATION = re.compile(rf"(?!{STATEMENT})(?:static_assert\b|template\b|\[\[|{NAMED})")

PRELUDE = """\
#include <chainfold/chainfold.hpp>
#include <array>
#include <iostream>
#include <span>
#include <vector>
namespace cf = chainfold;
using namespace chainfold::literals;
"""


class Block:
    def __init__(self, line, info, text):
        self.line, self.text = line, text
        quoted, words = dict(QUOTED.findall(info)), QUOTED.sub("", info).split()
        self.error, self.origin, self.flags = quoted.get("error"), quoted.get("from"), quoted.get("flags", "")
        self.continues = "continue" in words
        self.outputs = []  # (info, text) of each ```text directly after it
        self.program = bool(MAIN.search(text))
        self.split = len(text) if self.program else first_statement(text)
        self.alone = ("alone" in words or bool(self.flags) or bool(AT_THE_TOP.search(text))
                      or self.program and not (PLAIN_MAIN.search(text) and text.rstrip().endswith("}")))

    def declares_only(self):
        return not (self.program or self.error or self.origin) and not self.text[self.split:].strip()


def first_statement(text):
    """Where the first thing begins that has to stand inside a function; the end, if there is none."""
    depth, begin = 0, None
    for token in TOKEN.finditer(text):
        piece = token.group()
        if piece.isspace() or piece.lstrip().startswith(("//", "/*", "#")):
            continue
        if begin is None:
            begin = token.start()
            if piece != ";" and not DECLARATION.match(text, begin):
                return begin
        if piece in "({[":
            depth += 1
        elif piece in ")}]":
            depth -= 1
        line_ends = re.match(r"[ \t]*(//.*)?(\n|$)", text[token.end():])
        if depth == 0 and (piece == ";" or piece == "}" and line_ends):
            begin = None
    return len(text)


def blocks(page):
    """The cpp blocks of a page, and excerpts in any language, each with the outputs promised directly after it."""
    found, fence, last = [], None, None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        match = FENCE.match(line)
        if fence is None:
            if match:
                fence = (number, len(match.group(1)), match.group(2), match.group(3), [])
            elif line.strip():
                last = None  # prose between a block and a text: the text is not its output
            continue
        start, indent, ticks, info, lines = fence
        if not (match and match.group(2) == ticks and not match.group(3)):
            lines.append(line[min(indent, len(line) - len(line.lstrip(" "))):])
            continue
        fence = None
        language, rest = LANGUAGE.match(info).groups()
        text = "\n".join(lines) + "\n"
        if language == "cpp" or QUOTED.match(rest) and rest.startswith("from="):
            last = Block(start + 1, rest, text)
            found.append(last)
        elif language == "text" and last:
            last.outputs.append((rest, text))
        else:
            last = None
    if fence:
        raise SystemExit(f"{page}:{fence[0]}: this fence is never closed")
    return found


def context(before):
    """The blocks whose declarations a block that continues builds on."""
    for index in reversed(range(len(before))):
        if before[index].declares_only() and not before[index].continues:
            return [block for block in before[index:] if block.declares_only()]
    return [block for block in before if block.declares_only()]


def at(page, line, text):
    return f'#line {line} "{page}"\n{text}'


def parts(page, before, block):
    """What the program of a block is made of: its declarations, with what they build on, and what main does."""
    texts = [] if block.program and not block.continues else [PRELUDE]
    earlier = context(before) if block.continues else []
    texts += [at(page, b.line, b.text) for b in earlier]
    declarations, statements = block.text[:block.split], block.text[block.split:]
    texts.append(at(page, block.line, declarations))
    inside = at(page, block.line + declarations.count("\n"), statements) if statements else ""
    return "".join(texts), inside, block.alone or any(b.alone for b in earlier)


def source(page, before, block):
    """The program of one block, with lines numbered as on the page."""
    declarations, inside, _ = parts(page, before, block)
    return declarations if block.program else f"{declarations}\nint main() {{\n{inside}}}\n"


class Program:
    """One or several blocks that are compiled as one: each in a namespace of its own, with what they all include."""

    def __init__(self, includes=()):
        self.includes, self.blocks, self.bodies = includes, [], []

    def add(self, block, body):
        self.blocks.append(block)
        self.bodies.append(body)

    def text(self):
        calls = "".join(f"        case {i}: return block_{b.line}::main();\n" for i, b in enumerate(self.blocks))
        return ("".join(f"{line}\n" for line in self.includes) + "#include <cstdlib>\n"
                + "".join(f"namespace block_{b.line} {{\n{body}\n}}\n" for b, body in zip(self.blocks, self.bodies))
                + f"int main(int, char** block) {{\n    switch (std::atoi(block[1])) {{\n{calls}    }}\n    return 1;\n}}\n")


def programs(page, found):
    """Programs for all blocks that compile.  Those that include the same headers are one: that costs a third of what
    each by itself would, and a block that forgets a header is found out even so."""
    together, all_of_them = {}, []
    for index, block in enumerate(found):
        if block.error or block.origin:
            continue
        declarations, inside, alone = parts(page, found[:index], block)
        if alone:
            program = Program()
            program.add(block, None)
            all_of_them.append(program)
            continue
        includes = tuple(dict.fromkeys(line.strip() for line in INCLUDE.findall(declarations)))
        body = INCLUDE.sub("", declarations)
        if block.program:
            end = body.rstrip().rindex("}")
            body = body[:end] + "    return 0;\n}\n"
        else:
            body += f"\nint main() {{\n{inside}    return 0;\n}}\n"
        program = together.get(frozenset(includes))
        if program is None:
            program = together[frozenset(includes)] = Program(includes)
            all_of_them.append(program)
        program.add(block, body)
    return all_of_them
