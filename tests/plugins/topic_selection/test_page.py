"""嘉定's public page says how many reports were heard since the law, to people who have not signed in."""

from renda.testing.factories import World
from renda.web.app import create_app


def test_the_public_table_says_228(jiading: World) -> None:
    client = create_app(jiading.installation, secret_key="x" * 32, secure_cookies=False).test_client()
    shown = client.get("/jiading/sheets/topic_selection/reports?since=2020-01-01&until=2020-12-31")
    assert shown.status_code == 200
    assert "监督法施行以来听取和审议专项工作报告" in shown.text
    assert ">228<" in shown.text.replace(" ", "").replace("\n", "")
