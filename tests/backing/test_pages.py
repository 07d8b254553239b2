"""The watch over pages itself: what asks another host, or complains, is told."""

from backing.pages import Pages, Serving


def test_a_page_that_asks_another_host_is_told_and_reaches_nobody(browser: object, serve: Serving) -> None:
    def plain(environ: object, start: object) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])  # type: ignore[operator]
        return [b"<!doctype html><link rel=icon href='data:,'><title>x</title>"]

    pages = Pages(browser)  # type: ignore[arg-type]
    page = pages.open()
    page.goto(serve(plain))
    for address in ("http://other.invalid/x", "http://203.0.113.1/x"):
        assert page.evaluate("address => fetch(address).then(() => 'reached', () => 'failed')", address) == "failed"
    told = pages.close()
    assert [each for each in told if each.startswith("asked")] == [
        "asked another host: http://other.invalid/x",
        "asked another host: http://203.0.113.1/x",
    ]
