from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from backing.programs import come
from backing.world import Towns


def description(towns: Towns) -> Any:
    return come(towns, "").said("/openapi.json")


def test_the_description_is_valid_openapi_3_1(towns: Towns) -> None:
    said = description(towns)
    assert said["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(said).iter_errors()) == []


def test_every_action_of_every_practice_is_described(local_towns: Towns) -> None:
    paths = description(local_towns)["paths"]
    acting = {path for path, operations in paths.items() if "post" in operations}
    assert acting == {
        "/practices/suggestions/propose",
        "/practices/suggestions/share",
        "/practices/zz_faulty/note",
        "/notices/{id}/send",
        "/meetings/{id}/publish",
        "/meetings/{id}/sign-in",
        "/questionnaires/{id}/answers",
        "/tables/{name}",
        *(f"/ballots/{{id}}/{deed}" for deed in ("cast", "open", "stop", "close", "publish", "withhold")),
        *(f"/matters/{{id}}/{name}" for name in ("assign", "answer", "rate", "withdraw", "finish", "shut", "spoil")),
    }


def test_what_may_be_chosen_follows_the_parameters_in_force(local_towns: Towns) -> None:
    body = description(local_towns)["paths"]["/matters/{id}/rate"]["post"]["requestBody"]
    form = body["content"]["application/json"]["schema"]["properties"]["entries"]
    assert form["properties"]["grade"]["enum"] == ["A", "B"]
    assert form["required"] == ["grade"]


def test_every_described_list_answers_and_every_answered_list_is_described(local_towns: Towns) -> None:
    paths = description(local_towns)["paths"]
    program = come(local_towns, "clerk")
    listed = [path for path in paths if "{" not in path and "get" in paths[path]]
    assert [path for path in listed if program.get(path).status_code != 200] == []
    links = {address.removeprefix("/api/jia") for address in program.said("/")["links"].values()}
    assert links - set(listed) == {"/openapi.json"}


def test_every_parameter_described_is_taken(local_towns: Towns) -> None:
    paths, program = description(local_towns)["paths"], come(local_towns, "clerk")
    values = {"limit": "5", "practice": "suggestions", "party": "person:1", "waits_for": "me", "after": "3"}
    tried = 0
    for path, operations in paths.items():
        for parameter in operations.get("get", {}).get("parameters", []):
            if "{" in path:
                continue
            given = values.get(parameter["name"], "2020-03-01")
            given = {"parent": "1", "matter": "1"}.get(parameter["name"], given)
            if path == "/due" and parameter["name"] == "after":
                given = "-:3"
            assert program.get(f"{path}?{parameter['name']}={given}").status_code == 200, (path, parameter)
            tried += 1
    assert tried > 30


def test_titles_are_in_the_language_asked_for(local_towns: Towns) -> None:
    assert description(local_towns)["info"]["title"] == "甲区人大监督工作"


def test_every_operation_says_what_a_refusal_looks_like(local_towns: Towns) -> None:
    said = description(local_towns)["paths"]
    operations = {
        f"{method} {path}": operation["responses"]
        for path, several in said.items()
        for method, operation in several.items()
        if method in {"get", "post"}
    }
    assert len(operations) > 40
    assert [name for name, responses in operations.items() if "default" not in responses] == []
    refusals = {str(responses["default"]["content"]) for responses in operations.values()}
    assert len(refusals) == 1
