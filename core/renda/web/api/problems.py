"""Every refusal to a program in one shape: application/problem+json (RFC 9457) with our code beside it."""

from __future__ import annotations

import logging

from flask import Blueprint, json, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.i18n import current_locale, gettext
from renda.web.outages import RETRY_AFTER, is_outage, named_request, outage

log = logging.getLogger("renda.web")

declare({"api.not_found": "没有这个地址。接口的说明见 {openapi}。"}, status=404)
declare({"api.not_allowed": "这个地址不接受 {method}。"}, status=405)
declare({"api.too_large": "请求的内容太大:至多 {most} MB。请分成几次。"}, status=413)
declare({"api.not_json": "请求的内容应为 JSON 对象,Content-Type 应为 application/json。"}, status=415)
declare({"api.bad_request": "请求看不懂:{mistake}"}, status=400)
declare({"api.failed": "系统出错,没有完成。什么都没有改动;请稍后再试,仍不行请告诉系统管理员。"}, status=500)

MEDIA_TYPE = "application/problem+json"
MEGABYTE = 1024 * 1024
TITLES = {
    400: "请求有误",
    401: "需要令牌",
    403: "不能办理",
    404: "没有找到",
    405: "方法不对",
    409: "现在不能办理",
    412: "版本已变",
    413: "内容太多",
    415: "格式不对",
    422: "填写有误",
    429: "请稍后再试",
}


def install(api: Blueprint) -> None:
    """Answer every error inside the API with a problem."""
    api.register_error_handler(RendaError, problem)
    api.register_error_handler(HTTPException, protocol)
    api.register_error_handler(Exception, _unforeseen)


def problem(error: RendaError, status: int | None = None) -> Response:
    """The answer for a refusal: type, title, status, detail, instance, and our code and fields."""
    number = status or error.status
    if number >= 500 and error.code not in {"api.failed", "web.no_database"}:
        log.error("%s: %s", named_request(), error, exc_info=error if number == 500 else None)
    said = {
        "type": f"urn:renda:{error.code}",
        "title": gettext(TITLES.get(number, "没有完成")),
        "status": number,
        "detail": error.message,
        "instance": request.path,
        "code": error.code,
        "fields": error.fields,
    }
    response = Response(json.dumps(said, ensure_ascii=False) + "\n", number, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = current_locale().replace("_", "-")
    response.headers["Cache-Control"] = "no-store"
    if "seconds" in error.values:
        response.headers["Retry-After"] = str(error.values["seconds"])
    if number == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="renda"'
    return response


def protocol(error: HTTPException) -> Response:
    """The answer for an error of the protocol; a redirection stays one."""
    status = error.code or 500
    if status < 400:
        return Response.from_app(error.get_response(), request.environ)
    refusal = {
        404: RendaError("api.not_found", openapi=openapi_of(request.path)),
        405: RendaError("api.not_allowed", method=request.method),
        413: RendaError("api.too_large", most=(request.max_content_length or 0) // MEGABYTE),
        415: RendaError("api.not_json"),
    }.get(status, RendaError("api.bad_request", mistake=error.name))
    response = problem(refusal, status)
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    if is_outage(error):
        response = problem(outage(error))
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    log.error("%s failed", named_request(), exc_info=error)
    return problem(RendaError("api.failed"))


def openapi_of(path: str) -> str:
    """Where the description of the district's API lies, from any address below it."""
    parts = path.split("/")
    return f"/api/{parts[2]}/openapi.json" if len(parts) > 2 and parts[2] else "/api/<区县>/openapi.json"
