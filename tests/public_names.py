#!/usr/bin/env python3
"""Every public name of the library, as the compiler's own parser reads the headers.

    public_names.py [--json] [--all] [--undocumented] [--include directory]...

A line for each name: what it is, the name without chainfold::, its header, and `-` before it if it has no /// docstring.
Overloads and specialisations are one name. The public members of a class follow it: tensor::data, and
derivative(e, v) is a function, tensor::data a method. With --json a list of objects:

    name, kind, header, line, documented, docstring (of the first overload that has one), overloads (of a function: how
    many), mistakes (how many more return a verdict), members (of a class: the same again, without these two)

kind is one of class, concept, alias, variable, enumeration, function; of a member type, field, constant, enumerator,
method or constructor.

Left out is what no user calls: what stands in INSIDE, ROOMS and HIDDEN, and the verdicts on mistakes with the facts
that they assert. --all names them too, with "public": false.

Needs libclang and its Python bindings (Debian: python3-clang-19); ends with status 77 where they are not.
"""
import argparse
import importlib
import json
import pathlib
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[1]
INCLUDE = PROJECT / "include"
SKIPPED = 77

# What a header needs beside the library, and is left out without.
NEEDS = {"solver/ceres.hpp": "ceres/ceres.h", "solver/nlopt.hpp": "nlopt.hpp", "solver/lbfgspp.hpp": "LBFGS.h"}
SEARCHED = ["/usr/include", "/usr/include/eigen3"]

# Where one room of the library speaks to another: namespaces, then folders and headers, then names wherever they are.
INSIDE = {"detail", "canonical", "simplification", "kernel", "picture", "math"}
ROOMS = """
    shape/fixed_string shape/hash
    graph operation
    expression/message expression/verdict expression/mistake expression/lower
    transform/adjoints transform/assemble transform/common_factors transform/differentiate transform/factors
    transform/forward transform/jacobian_matrix
    transform/like_terms transform/linear_map transform/quotients transform/scalars transform/scalar_products
    transform/scalar_rewriter transform/scalar_sums transform/latency transform/seams transform/shared_multiples
    transform/shared_products transform/sums transform/tangents transform/taylor_series transform/consistent
    program/plan program/kernel program/arguments program/call program/gradient_entries program/gradient_into program/request
    program/execute program/group
    program/called program/group_entry program/group_facts program/group_rows program/group_sums program/scalar_code program/stack_code
    program/interpret program/run program/samples_ahead program/step_code program/team program/unit
    notation/picture notation/cpp_layout notation/derivation_graph notation/derivation_steps notation/dialect
    notation/form notation/math_layout notation/math_parts notation/name notation/named_formulas notation/naming
    notation/piece notation/plain notation/prediction notation/printed_number notation/printer notation/rule_text
    notation/values_text notation/explain/costs notation/explain/explainer notation/explain/lifetimes
    notation/explain/plan_view notation/explain/stored_names
    nn/broken_chain nn/inspection nn/stepper nn/batch_stepper nn/weight_mistakes
    report/axis report/chart report/curves report/findings report/formulas report/heat_map report/markup report/page
    report/png report/repeat report/results report/style
    solver/held
    storage/bytes storage/csv/fields storage/csv/number storage/safetensors/header storage/safetensors/json_reader
    storage/safetensors/json_text
""".split()
HIDDEN = set("""
    no_dimensions scalar_dimensions contiguous_traits has_data_and_size is_batch dynamic_size holds_its_numbers position_in
    has_as_many_axes wrong_number_of_indices is_of_the_same_shape copy_of_another_shape application binding_of define call named definition_of make_expression is_expression fits name_of symbol_of
    Argument is_binding is_writable NoExpression ScalarArgument NoScalar PlainNumber is_a_condition operator+=
    operator-= operator*= operator/= are_at_most_two are_at_least_one numbers_of_no_type has_so_many_columns
    normaliser_of_no_columns mistaken_binding Comparable ScoresAndClass loss_mistake lowering embed
    HasGradient Differentiable gradient_request descent_request HasJacobian Directions WrongDirections
    Compilable OneSample is_output WithOutput WithBlock program_on make_with parameter_in rules_of
    long_text writer derivation_of Occurring where_names batched_symbols mistaken_explanation TakesBatches Drawable
    nn::moments nn::no_batches nn::is_dataset nn::NoData nn::is_validation nn::is_early_stopping nn::is_inspection nn::is_on nn::ProbabilityBelowOne
    nn::TrainableWith nn::verdict_on_call_of_train nn::Trainable nn::verdict_on_training nn::target_of
    nn::loss_expression nn::SampleFor nn::verdict_on_sample nn::progress_line nn::descent nn::composition nn::chain
    ObjectiveArguments verdict_on_objective ResidualArguments verdict_on_residuals StorableNetwork
    csv::table_reader replacement_file npy::header npy::header_reader npy::with_type npy::row_major
    safetensors::dtype_facts safetensors::dtype_table safetensors::facts_of safetensors::complaint
""".split())

MISTAKE = b"CHAINFOLD_MISTAKE"


def bindings():
    """libclang through its Python bindings, or nothing."""
    try:
        clang = importlib.import_module("clang.cindex")
        clang.Index.create()
        return clang
    except (ImportError, OSError):
        return None
    except Exception as problem:  # the bindings have a class of their own for a library that is not there
        if type(problem).__name__ == "LibclangError":
            return None
        raise


def parse(clang, more=()):
    """All headers as one translation unit, each once, lowest includes first."""
    searched = [*SEARCHED, *more]
    source = ""
    for header in sorted((INCLUDE / "chainfold").rglob("*.hpp")):
        path = header.relative_to(INCLUDE / "chainfold").as_posix()
        if path not in NEEDS or any(pathlib.Path(d, NEEDS[path]).exists() for d in searched):
            source += f"#include <chainfold/{path}>\n"
    unit = clang.Index.create().parse("all.cpp", ["-std=c++20", *(f"-I{d}" for d in [INCLUDE, *searched[1:]])],
                                      unsaved_files=[("all.cpp", source)])
    errors = [str(d) for d in unit.diagnostics if d.severity >= clang.Diagnostic.Error]
    if errors:
        raise SystemExit("\n".join(["the headers do not parse:", *errors]))
    return unit


class Names:
    """The names of a parsed translation unit, in the order of the headers."""

    def __init__(self, clang, unit):
        self.kinds = clang.CursorKind
        self.public_access = clang.AccessSpecifier.PUBLIC
        self.text = {}
        self.found = {}
        self.facts = set()  # what static_asserts of verdicts name
        self.visit(unit.cursor, "", True)
        for entry in self.found.values():
            if entry.get("overloads") == 0:  # nothing but verdicts
                entry["public"] = False
        for name, entry in self.found.items():
            if name.rpartition("::")[2] in self.facts and entry["kind"] == "variable":
                entry["public"] = False

    # ---- What a cursor is --------------------------------------------------------------------------------------------

    def header_of(self, cursor):
        file = cursor.location.file
        if file is None or not file.name.startswith(str(INCLUDE)):
            return None
        return pathlib.Path(file.name).relative_to(INCLUDE / "chainfold").as_posix()

    def source_at(self, cursor):
        """The text of the header from where the cursor stands in it."""
        name = cursor.location.file.name
        if name not in self.text:
            self.text[name] = pathlib.Path(name).read_bytes()
        return self.text[name][cursor.location.offset:]

    def is_mistake(self, cursor):
        return self.source_at(cursor).startswith(MISTAKE)

    def is_verdict(self, cursor):
        """A class that holds a sentence and nothing else."""
        inner = [c.kind for c in cursor.get_children()]
        other = {self.kinds.FIELD_DECL, self.kinds.CXX_METHOD, self.kinds.FUNCTION_TEMPLATE, self.kinds.CONSTRUCTOR}
        return (self.kinds.STATIC_ASSERT in inner and self.kinds.CXX_BASE_SPECIFIER in inner
                and not other.intersection(inner))

    def asserts(self, cursor):
        for inner in cursor.get_children():
            if inner.kind == self.kinds.STATIC_ASSERT:
                yield from (token.spelling for token in inner.get_tokens())

    def kind_of(self, cursor):
        kinds = self.kinds
        return {kinds.CLASS_TEMPLATE: "class", kinds.STRUCT_DECL: "class", kinds.CLASS_DECL: "class",
                kinds.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION: "class", kinds.CONCEPT_DECL: "concept",
                kinds.TYPE_ALIAS_DECL: "alias", kinds.TYPE_ALIAS_TEMPLATE_DECL: "alias", kinds.TYPEDEF_DECL: "alias",
                kinds.USING_DECLARATION: "alias",
                kinds.VAR_DECL: "variable", kinds.UNEXPOSED_DECL: "variable", kinds.ENUM_DECL: "enumeration",
                kinds.FUNCTION_DECL: "function", kinds.FUNCTION_TEMPLATE: "function",
                kinds.FIELD_DECL: "field", kinds.CXX_METHOD: "method", kinds.CONSTRUCTOR: "constructor",
                kinds.ENUM_CONSTANT_DECL: "enumerator"}.get(cursor.kind)

    @staticmethod
    def docstring(cursor):
        """The text of the /// lines; libclang takes /** and //!< for such as well, which are not used here."""
        comment = cursor.raw_comment or ""
        lines = [line.strip() for line in comment.splitlines()]
        if not lines or not all(line.startswith("///") for line in lines):
            return ""
        return "\n".join(line[3:].lstrip("<").strip() for line in lines)

    # ---- What is public ----------------------------------------------------------------------------------------------

    @staticmethod
    def is_inside(header, full, kind, documented):
        """Operations are what the rooms call them; the functions beside them, with a docstring, are what users call."""
        if full in HIDDEN:
            return True
        if header.startswith("operation/") and kind == "function" and documented:
            return False
        path = header.removesuffix(".hpp")
        return any(path == room or path.startswith(room + "/") for room in ROOMS)

    def visit(self, parent, prefix, public):
        kinds = self.kinds
        for cursor in parent.get_children():
            header = self.header_of(cursor)
            if header is None:
                continue
            name = cursor.spelling
            if cursor.kind == kinds.NAMESPACE:
                inner = prefix + name + "::" if prefix or name != "chainfold" else ""
                self.visit(cursor, inner, public and name not in INSIDE)
                continue
            kind = self.kind_of(cursor)
            if kind == "variable" and cursor.semantic_parent.kind != kinds.NAMESPACE:
                continue  # the definition of a member
            if kind in (None, "method") or not name or name.startswith("<deduction"):
                continue
            if kind == "function" and cursor.semantic_parent != parent and cursor.semantic_parent.kind != kinds.NAMESPACE:
                continue  # the definition of a member
            self.note(cursor, header, prefix + name, kind, public)

    def note(self, cursor, header, full, kind, public):
        text = self.docstring(cursor)
        entry = self.found.setdefault(full, {
            "name": full, "kind": kind, "header": header, "line": cursor.location.line, "documented": False,
            "docstring": "", "public": public and not self.is_inside(header, full, kind, bool(text))})
        if kind == "function":
            entry.setdefault("overloads", 0)
            entry.setdefault("mistakes", 0)
            if self.is_mistake(cursor):
                entry["mistakes"] += 1
                return
            entry["overloads"] += 1
        if text and not entry["documented"]:
            entry.update(documented=True, docstring=text, header=header, line=cursor.location.line)
        if public and not entry["public"] and not self.is_inside(header, full, kind, bool(text)):
            entry.update(public=True, documented=bool(text), docstring=text, header=header, line=cursor.location.line)
        if kind in ("class", "enumeration"):
            if kind == "class" and self.is_verdict(cursor):
                self.facts.update(self.asserts(cursor))
                entry["public"] = False
            self.members(cursor, entry, header)

    def members(self, parent, entry, header):
        kinds, found = self.kinds, entry.setdefault("members", [])
        for cursor in parent.get_children():
            kind, name = self.kind_of(cursor), cursor.spelling.partition("<")[0]
            public = cursor.access_specifier == self.public_access or kind == "enumerator"
            if kind is None or not public or not name:
                continue
            if kind == "function":
                kind = "constructor" if name == entry["name"].rpartition("::")[2] else "method"
            kind = {"variable": "constant", "class": "type", "alias": "type", "enumeration": "type"}.get(kind, kind)
            if kind == "method" and self.is_mistake(cursor):
                continue
            member = next((m for m in found if m["name"] == f'{entry["name"]}::{name}'), None)
            text = self.docstring(cursor)
            if member is None:
                found.append({"name": f'{entry["name"]}::{name}', "kind": kind, "header": header,
                              "line": cursor.location.line, "documented": bool(text), "docstring": text})
            elif text and not member["documented"]:
                member.update(documented=True, docstring=text)


def names(more=()):
    """What the headers declare: a list of dictionaries, as --all --json writes it. None without libclang."""
    clang = bindings()
    return None if clang is None else list(Names(clang, parse(clang, more)).found.values())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--all", action="store_true", help="what is not public too")
    arguments.add_argument("--undocumented", action="store_true", help="only what has no docstring")
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    given = arguments.parse_args()
    found = names(given.include)
    if found is None:
        print("libclang's Python bindings are not there (Debian: python3-clang-19)", file=sys.stderr)
        return SKIPPED
    if not given.all:
        found = [entry for entry in found if entry.pop("public")]
    if given.undocumented:
        found = [entry for entry in found if not entry["documented"]]
    if given.json:
        json.dump(found, sys.stdout, indent=1)
        print()
        return 0
    for entry in found:
        for one in [entry, *entry.get("members", [])]:
            inner = "    " if one is not entry else ""
            print(f'{" " if one["documented"] else "-"} {inner}{one["kind"]:12}{one["name"]:50}{one["header"]}')
    return 0


if __name__ == "__main__":
    sys.exit(main())
