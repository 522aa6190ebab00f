// SPDX-License-Identifier: BSL-1.0
// Text separated by commas: what it holds, and by line and column what is wrong with it.
#include <clocale>

#include <chainfold/storage/csv.hpp>

#include "storage/support.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace storage_test;

namespace {

cf::file_contents file(std::string_view text) { return {"a.csv", copy_of(text)}; }
template <class T = double>
cf::csv_table<T> table(std::string_view text, const cf::csv_options& options = {}) {
    return cf::read_csv<T>(file(text), options);
}
template <class T = double>
std::string wrong(std::string_view text, const cf::csv_options& options = {}) {
    return said_by([&] { table<T>(text, options); });
}
using numbers = std::vector<double>;
using names = std::vector<std::string>;
using classes = std::vector<std::size_t>;

}  // namespace

TEST_CASE("numbers with and without a header") {
    for (const char* text : {"1,2.5\n-3,4e2\n", "1,2.5\n-3,4e2", "\xef\xbb\xbf" "1,2.5\r\n-3,4e2\r\n", "\n1, 2.5 \n\n\t-3,+4E2\n\n"}) {
        const auto t = table(text);
        CHECK(t.rows == 2);
        CHECK(t.columns == 2);
        CHECK(t.inputs == numbers{1, 2.5, -3, 400});
        CHECK(t.names.empty());
    }
    const auto t = table("height,\"width, cm\"\n1,2\n");
    CHECK(t.names == names{"height", "width, cm"});
    CHECK(t.inputs == numbers{1, 2});
    CHECK(table("1,2\n3,4\n", {.header = cf::csv_header::present}).inputs == numbers{3, 4});
    CHECK(table("1;2\n3;4\n", {.separator = ';'}).columns == 2);
    CHECK(table("1\t2\n", {.separator = '\t'}).inputs == numbers{1, 2});
    CHECK(table("# a comment, \"\n1,2\n", {.skip_lines = 1}).inputs == numbers{1, 2});
    CHECK(table<float>("0.1,1e-50,.5,5.\n").inputs == std::vector<float>{0.1f, 0, 0.5f, 5});
}
TEST_CASE("labels are classes") {
    const std::string_view text = "a,kind\n1,b\n2,a\n3,b\n";
    const auto t = table(text, {.label = "kind"});
    CHECK(t.inputs == numbers{1, 2, 3});
    CHECK(t.classes == names{"a", "b"});
    CHECK(t.labels == classes{1, 0, 1});
    CHECK(table(text, {.label = -1}).labels == t.labels);
    CHECK(table(text, {.label = 1}).labels == t.labels);
    CHECK(table(text, {.label = "kind", .classes = {"b", "c", "a"}}).labels == classes{0, 2, 0});
    CHECK(table("1,10\n2,9\n3,10\n", {.label = -1}).classes == names{"9", "10"});  // by value
    CHECK(table("1,10\n2,x\n3,9\n", {.label = -1}).classes == names{"9", "10", "x"});
    CHECK(table("x,1\ny,2\n", {.label = 0}).rows == 2);  // a text as a label does not make a header
    CHECK(wrong(text, {.label = "kind", .classes = {"a", "c"}}) == "a.csv: line 2, column 2: expected one of the 2 classes, found \"b\"");
    CHECK(wrong("1,a\n2,\n", {.label = -1}) == "a.csv: line 2, column 2: a missing value");
}
TEST_CASE("targets are numbers, and columns can be left out") {
    const std::string_view text = "id,a,y,z\nx1,1,10,100\nx2,2,20,200\n";
    const auto t = table(text, {.targets = {"z", "y"}, .ignored = {"id"}});
    CHECK(t.inputs == numbers{1, 2});
    CHECK(t.targets == numbers{100, 10, 200, 20});
    CHECK(t.names == names{"a"});
    CHECK(table("1,2,3\n", {.targets = {-1}, .ignored = {0}}).inputs == numbers{2});
}
TEST_CASE("quotes") {
    const auto t = table("\"a \"\"1\"\"\",\"b\nc\"\n\"1\",\"2\"\n");
    CHECK(t.names == names{"a \"1\"", "b\nc"});
    CHECK(t.inputs == numbers{1, 2});
    // Lines are counted in a quoted field too.
    CHECK(wrong("a,\"b\nc\"\n1,2\n3,x\n") == "a.csv: line 4, column 2: expected a number, found \"x\" (\"b?c\")");
    CHECK(wrong("\"a,b\n1,2\n") == "a.csv: line 1, column 1: a quoted field that does not end");
    CHECK(wrong("\"a\"b,c\n") == "a.csv: line 1, column 1: expected a separator after a quoted field, found \"b\"");
}
TEST_CASE("a missing value is refused by line and column") {
    CHECK(wrong("a,b\n1,2\n3,\n") == "a.csv: line 3, column 2: a missing value (\"b\")");
    CHECK(wrong("1,2\n,4\n") == "a.csv: line 2, column 1: a missing value");
    for (const char* word : {"NA", "nan", "NaN", "?", "null", "N/A", "None", "#N/A", "<NA>", "-", "."})
        CHECK(wrong("1,2\n3," + std::string(word) + "\n") == "a.csv: line 2, column 2: a missing value, \"" + std::string(word) + "\"");
    CHECK(wrong("\n\n1,2\r\n3,\"\"\r\n") == "a.csv: line 4, column 2: a missing value");
}
TEST_CASE("what is no number is refused by line and column") {
    for (const char* text : {"x", "1x", "1 2", "0x10", "inf", "-inf", "+-1", "--1", "1e", "1.2.3", "+", "1,5e"})
        CHECK(says(wrong("1;2\n3;" + std::string(text) + "\n", {.separator = ';'}),
                   "a.csv: line 2, column 2: expected a number, found \"" + std::string(text) + "\""));
    CHECK(wrong("1,2\n3,1e999\n") == "a.csv: line 2, column 2: expected a number that double can hold, found \"1e999\"");
    CHECK(wrong<float>("1,2\n3,-1e39\n") == "a.csv: line 2, column 2: expected a number that float can hold, found \"-1e39\"");
}
TEST_CASE("lines have as many fields as the first") {
    CHECK(wrong("1,2\n3\n") == "a.csv: line 2, column 1: expected 2 fields, found 1");
    CHECK(wrong("1,2\n3,4,5\n") == "a.csv: line 2, column 2: expected 2 fields, found 3");
    CHECK(wrong("1,2\n3,4,\n") == "a.csv: line 2, column 2: expected 2 fields, found 3");
    CHECK(wrong("1,2\r3,4\r") == "a.csv: line 1, column 2: a line break of \\r alone");
}
TEST_CASE("columns that are not there, and files without records") {
    CHECK(wrong("a,b\n1,2\n", {.label = "c"}) == "a.csv: expected a column \"c\" in the header");
    CHECK(wrong("a,a\n1,2\n", {.label = "a"}) == "a.csv: two columns are named \"a\"");
    CHECK(wrong("1,2\n", {.label = 2}) == "a.csv: expected a column 2, found 2 columns");
    CHECK(wrong("1,2\n", {.label = -3}) == "a.csv: expected a column -3, found 2 columns");
    CHECK(wrong("") == "a.csv: holds no records");
    CHECK(wrong("\n\n") == "a.csv: holds no records");
    CHECK(wrong("a,b\n") == "a.csv: holds a header and no records");
    CHECK(says(said_by([] { cf::read_csv<float>("/none.csv"); }), "/none.csv: cannot be opened"));
}
TEST_CASE("numbers do not depend on the locale") {
    const std::string kept = std::setlocale(LC_ALL, nullptr);
    for (const char* locale : {"de_DE.UTF-8", "fr_FR.UTF-8"}) (void)std::setlocale(LC_ALL, locale);
    CHECK(table("1.5,2\n").inputs == numbers{1.5, 2});
    std::setlocale(LC_ALL, kept.c_str());
}
