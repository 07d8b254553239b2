"""Every mistake as a page: what is wrong, its code, what to do."""

from __future__ import annotations

import logging

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.web.outages import RETRY_AFTER, is_outage, named_request, outage

log = logging.getLogger("renda.web")

declare({"web.not_found": "没有这个页面，或者您不能查看它。请核对地址，或从首页重新进入。"}, status=404)
declare({"web.not_allowed": "这个地址不能这样使用。请从页面上的按钮进入。"}, status=405)
declare({"web.too_large": "提交的内容太多。请分几次提交，或减少附件。"}, status=413)
declare({"web.csrf": "这份表单已失效（登录过期，或不是从本站打开的）。请重新打开页面再办。"}, status=400)
declare({"web.bad_request": "请求的内容看不懂。请重新打开页面再办。"}, status=400)
declare({"web.failed": "系统出错，没有完成。什么都没有改动；请稍后再试，仍不行请告诉系统管理员。"}, status=500)

NOT_FOUND, FAILED, NO_DATABASE = "web.not_found", "web.failed", "web.no_database"
# A form refused with one of these can be opened again: who sent it may see the page, and the page is there.
REOPENED = frozenset({400, 409, 422, 429})
_CODES = {404: NOT_FOUND, 405: "web.not_allowed", 413: "web.too_large"}


def install(app: Flask) -> None:
    """Answer every error of the application with a page of ours."""
    app.register_error_handler(RendaError, refused)
    app.register_error_handler(CSRFError, lambda _: refused(RendaError("web.csrf")))
    app.register_error_handler(HTTPException, answered)
    app.register_error_handler(Exception, failed)


def refused(error: RendaError) -> Response:
    """The page of a refusal; only its part in the middle where a script asked."""
    if error.status >= 500 and error.code not in {FAILED, NO_DATABASE}:
        log.error("%s: %s", named_request(), error, exc_info=error if error.status == 500 else None)
    template = "problem_part.html" if request.headers.get("HX-Request") else "problem.html"
    titles = {
        401: "请先登录",
        403: "不能办理",
        404: "没有找到",
        409: "现在不能办理",
        429: "请稍后再试",
        422: "填写有误",
    }
    title = gettext(titles.get(error.status, "没有完成"))
    page = render_template(template, error=error, title=title, seat=g.get("seat"), form_page=form_page(error))
    return with_retry(page, error)


def form_page(error: RendaError) -> str:
    """The address of the page whose form was refused; empty where nobody could open it, or nothing would differ."""
    rule = request.url_rule
    sent = request.method == "POST" and rule is not None and "GET" in (rule.methods or ())
    return request.full_path.rstrip("?") if sent and error.status in REOPENED else ""


def with_retry(page: str, error: RendaError) -> Response:
    """A page with a refusal's status and, where one has to wait, for how many seconds."""
    response = Response(page, error.status, content_type="text/html; charset=utf-8")
    if "seconds" in error.values:
        response.headers["Retry-After"] = str(error.values["seconds"])
    return response


def answered(error: HTTPException) -> Response:
    """An error of the protocol in our words; a redirection stays one."""
    status = error.code or 500
    if status < 400:
        return Response.from_app(error.get_response(), request.environ)
    code = _CODES.get(status, "web.bad_request" if status < 500 else FAILED)
    response = refused(RendaError(code))
    response.status_code = status
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def failed(error: Exception) -> Response:
    """What nobody foresaw: told in the log, not on the page."""
    if is_outage(error):
        response = refused(outage(error))
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    log.error("%s failed", named_request(), exc_info=error)
    return refused(RendaError(FAILED))
