import csv
import io

from kit.csvs import csv_file


def read(answer):
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_a_file_reads_back_as_it_was_written():
    answer = csv_file(
        "figures.csv", ["name", "value"], [['Côte d\'Ivoire, "CIV"', 1.5], ["two\nlines", None]]
    )

    assert read(answer) == [["name", "value"], ['Côte d\'Ivoire, "CIV"', "1.5"], ["two\nlines", ""]]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="figures.csv"'


def test_no_cell_is_a_formula_and_numbers_stay_numbers():
    answer = csv_file(
        "x.csv", ["a"], [["=1+1"], ["+1"], ["-1"], ["@SUM(A1)"], ["\t=1"], ["\r=1"], [-1], [-0.5]]
    )

    assert [row[0] for row in read(answer)[1:]] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "'\t=1",
        "'\r=1",
        "-1",
        "-0.5",
    ]
