"""A matter's page, its forms, and what becomes of them."""

from backing.world import Towns


def test_a_suggestion_goes_its_way_through_the_pages(towns: Towns) -> None:
    deputy, clerk, bureau = (towns.as_(login) for login in ("deputy", "clerk", "bureau"))
    opened = deputy.send("/jia/practices/suggestions/open/propose", title="增设路灯", text="太暗。", proposer="#1")
    assert opened.status_code == 303, opened.text
    matter = opened.headers["Location"]
    assert "已提出" in deputy.text(matter)
    assert "等我办理" in clerk.text("/jia/")
    assert matter in clerk.text("/jia/")
    assert clerk.send(f"{matter}/assign", organ="#1").status_code == 303
    page = bureau.text(matter)
    assert "会办完成" not in page.split("现在可以办理")[0]
    assert "2020-03-30" in page
