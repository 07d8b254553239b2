"""丹江口's public page says ten departments, 79 problems, 35 opinions, five years, to people who have not signed in."""

import re

from renda.testing.factories import World
from renda.web.app import create_app


def test_the_public_table_says_what_the_article_prints(danjiangkou: World) -> None:
    client = create_app(danjiangkou.installation, secret_key="x" * 32, secure_cookies=False).test_client()
    shown = client.get("/danjiangkou/sheets/work_appraisal/appraisals?since=2020-01-01&until=2020-12-31")
    assert shown.status_code == 200
    words = re.sub(r"<[^>]+>|\s+", " ", shown.text)
    text = re.sub(r"\s+", " ", words)
    for label, number in (("被评议单位", "10"), ("原话反馈的问题", "79"), ("评议意见", "35"), ("连续双满意年数", "5")):
        assert re.search(rf"{label} ?{number}\b", text), (label, text[:3000])
