"""The examples of the API reference (docs/api) on a real server: each is answered as the page says, and refused for a reason that it lists."""

import json
import sys

from api_examples import EXAMPLES, IN_TEXTS, MASK, masked, methods, run_all
from attain_server import ROOT, expect

sys.path.insert(0, str(ROOT / "scripts"))
from api_schema import Schema  # noqa: E402


def difference(wanted, told, path=""):
    """Where two answers differ, the first place."""
    if isinstance(wanted, dict) and isinstance(told, dict):
        for key in sorted(wanted.keys() | told.keys()):
            found = difference(wanted.get(key), told.get(key), f"{path}.{key}")
            if found:
                return found
        return ""
    if isinstance(wanted, list) and isinstance(told, list) and len(wanted) == len(told):
        return next((found for i, pair in enumerate(zip(wanted, told)) if (found := difference(*pair, f"{path}[{i}]"))), "")
    return "" if wanted == told else f"{path}: the page says {json.dumps(wanted, ensure_ascii=False)}, the server " \
                                     f"{json.dumps(told, ensure_ascii=False)}"


def check_masks():
    info = methods()["AdminService.GetServerInfo"][0].output_type
    expect(masked({"version": "1", "storeId": "ab", "revision": "7", "recordTime": "2026-01-01T00:00:00Z"}, info),
           {"version": MASK, "storeId": MASK, "revision": "7", "recordTime": MASK}, "what is masked")
    expect(IN_TEXTS.sub(MASK, "of 2025-12-20, at 2026-01-01 08:30, your etag 28, now 29"), "of 2025-12-20, at …, your etag …, now …", "in texts")
    expect(difference({"a": [{"b": 1}]}, {"a": [{"b": 2}]}), ".a[0].b: the page says 1, the server 2", "a difference is told")
    expect(difference({"a": 1}, {"a": 1, "b": 2}), ".b: the page says null, the server 2", "what the page leaves out is told")


def unlisted(examples):
    """Refusals whose reason the page of the method does not list."""
    schema = Schema(ROOT)
    for example in examples:
        own, general = schema.reasons_of(schema.methods[example["method"]])
        if "error" in example and example["error"]["reason"] not in own + general:
            yield f"{example['method']} does not list {example['error']['reason']}: {example['text']}"


def main():
    check_masks()
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    wrong = list(unlisted(examples))
    for number, (example, told) in enumerate(run_all(examples), 1):
        wanted = {key: example[key] for key in ("response", "error") if key in example}
        found = difference(wanted, told)
        if found:
            wrong.append(f"example {number}, {example['method']}: {example['text']}\n  {found}")
    if wrong:
        raise SystemExit("\n".join(wrong) + "\nIf the server is right in what it answers: scripts/api-docs --run-examples BIN_DIR")
    print(f"{len(examples)} examples are answered as docs/api says")


if __name__ == "__main__":
    main()
