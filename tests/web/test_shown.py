"""How the entries of a matter are shown."""

from renda import Schema, fields
from renda.web.shown import Reader


class Line(Schema):
    number = fields.Int(label="序号")
    note = fields.Str(label="说明")


def test_the_rows_of_one_table_have_the_same_columns_whatever_each_was_filled_in_with() -> None:
    entry = fields.List(fields.Nested(Line), label="登记")
    shown = Reader("jia", None, {}).value(entry, ({"number": 1}, {"number": 2, "note": "补记"}), "登记")
    assert [[(cell.label, cell.text) for cell in row] for row in shown.rows] == [
        [("序号", "1"), ("说明", "—")],
        [("序号", "2"), ("说明", "补记")],
    ]
