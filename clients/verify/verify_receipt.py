#!/usr/bin/env python3
"""Checks a receipt of Attain without a server and without any library.

  verify_receipt.py RECEIPT.json --key VKEY        the log's key, as it was had from elsewhere
  verify_receipt.py RECEIPT.json --policy POLICY   keys of the log and of witnesses, and how many must have signed (C2SP tlog-policy)
  … --head NOTE                                    a head that was kept earlier: the receipt must be of the same history
                                                   (attain receipt --known-size N, N being its second line)

Says what was proven, line by line, then PROVEN and the score that was signed. Exit 0: proven. 1: not proven, and why. 2: cannot be read.
A receipt is as of its revision: that nothing came after it is not said. docs/proofs.md has the formats."""
import argparse, base64, hashlib, json, struct, sys  # noqa: E401

class Refused(Exception):
    pass

def need(fine, why):
    if not fine:
        raise Refused(why)
def sha256(data):
    return hashlib.sha256(data).digest()
def from_base64(text):
    need(isinstance(text, str), 'base64 is a text')
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, 'base64 in another spelling')
    return data

# --- Ed25519, RFC 8032 section 5.1.7. Everything here is public, so how long it takes tells nothing. ---
P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
def add_points(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P
def multiply(number, at):
    out = (0, 1, 1, 0)
    while number:
        if number & 1: out = add_points(out, at)
        at, number = add_points(at, at), number >> 1
    return out
def to_point(data):
    need(len(data) == 32, 'a point has 32 bytes')
    y = int.from_bytes(data, 'little')
    sign, y = y >> 255, y & (2 ** 255 - 1)
    need(y < P, 'a point in another spelling')
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P: x = x * ROOT_OF_MINUS_ONE % P
    need((x * x - square) % P == 0 and (x or not sign), 'not a point of the curve')
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P
BASE = to_point(b'\x58' + b'\x66' * 31)
def is_signed(public, message, signature):
    s = int.from_bytes(signature[32:], 'little')
    try:
        need(len(signature) == 64 and s < ORDER, 'not a signature')
        key, r = to_point(public), to_point(signature[:32])
    except Refused:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), 'little') % ORDER
    left, right = multiply(s, BASE), add_points(r, multiply(k, key))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))

# --- the tree, RFC 9162 section 2.1 ---
def leaf_hash(data):
    return sha256(b'\0' + data)
def node_hash(left, right):
    return sha256(b'\1' + left + right)
def root_by(index, size, hash_, path):
    """The root that the path leads to (section 2.1.3.2)."""
    need(0 <= index < size, 'a leaf outside of the tree')
    at, last = index, size - 1
    for sibling in path:
        need(last > 0, 'a path that is too long')
        if at & 1 or at == last:
            hash_ = node_hash(sibling, hash_)
            while at and not at & 1: at, last = at >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, sibling)
        at, last = at >> 1, last >> 1
    need(last == 0, 'a path that is too short')
    return hash_
def check_growth(old_size, old_root, size, root, path):
    """That the tree of `size` begins with that of `old_size` (section 2.1.4.2)."""
    need(0 < old_size <= size, 'sizes that are no growth')
    if old_size == size:
        need(not path and old_root == root, 'two heads of one size differ: the history was forked')
        return
    path = ([old_root] if old_size & (old_size - 1) == 0 else []) + path
    need(path, 'no path between the two heads')
    at, last = old_size - 1, size - 1
    while at & 1: at, last = at >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        need(last > 0, 'a path that is too long')
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while at and not at & 1: at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    need(last == 0 and old == old_root and new == root, 'the two heads are not of one history')

# --- keys, notes and heads (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy) ---
def read_key(text):
    """(name, key id, type, public key)"""
    parts = text.split('+', 2)
    need(len(parts) == 3, f'not a key: {text}')
    raw = from_base64(parts[2])
    need(len(raw) == 33 and sha256(parts[0].encode() + b'\n' + raw)[:4].hex() == parts[1], f'the id of the key does not fit: {text}')
    return parts[0], bytes.fromhex(parts[1]), raw[0], raw[1:]
class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        for line in text.splitlines():
            words = line.split()
            if words and not words[0].startswith('#'):
                need(len(words) > 1 and self.take(*words), f'policy: {line}')
        need(self.quorum is not None, 'the policy has no quorum')
    def take(self, kind, *words):
        if kind == 'log':
            self.logs.append(read_key(words[0]))
        elif kind == 'witness' and len(words) > 1 and not self.is_named(words[0]):
            self.witnesses[words[0]] = read_key(words[1])
        elif kind == 'group' and len(words) > 2 and not self.is_named(words[0]) and all(map(self.is_named, words[2:])):
            enough = {'all': len(words) - 2, 'any': 1}.get(words[1]) or int(words[1])
            need(1 <= enough <= len(words) - 2, 'a group that can never, or always, be met')
            self.groups[words[0]] = (enough, words[2:])
        elif kind == 'quorum' and self.quorum is None and (words[0] == 'none' or self.is_named(words[0])):
            self.quorum = words[0]
        else:
            return False
        return True

    def is_named(self, name):
        return name in self.witnesses or name in self.groups
    def is_met(self, name, seen):
        if name in self.groups:
            enough, members = self.groups[name]
            return sum(self.is_met(member, seen) for member in members) >= enough
        return name == 'none' or name in seen
    def accept(self, note, quorum=None):
        """(origin, size, root, {witness: time}) of a head that the policy accepts."""
        text, gap, lines = note.rpartition('\n\n')
        need(gap and lines.endswith('\n'), 'the head is no signed note')
        body = (text + '\n').encode()
        rows = text.split('\n')
        need(len(rows) >= 3 and rows[0] and rows[1].isascii() and rows[1].isdigit() and str(int(rows[1])) == rows[1], 'not a head of a log')
        origin, size, root = rows[0], int(rows[1]), from_base64(rows[2])
        need(len(root) == 32, 'a root has 32 bytes')
        by_log, seen = False, {}
        for line in lines.splitlines():
            words = line.split(' ')
            need(len(words) == 3 and words[0] == '\u2014', 'not a line of a signature')
            name, raw = words[1], from_base64(words[2])
            need(len(raw) > 4, 'a signature that is cut off')
            for key_name, key_id, kind, key in self.logs:
                if key_name == name == origin and key_id == raw[:4]:
                    need(kind == 1 and is_signed(key, body, raw[4:]), 'the signature of the log is wrong')
                    by_log = True
            for short, (key_name, key_id, kind, key) in self.witnesses.items():
                if key_name == name and key_id == raw[:4]:
                    need(kind == 4 and len(raw) == 76, f'not a signature of a witness: {short}')
                    when = struct.unpack('>Q', raw[4:12])[0]
                    need(is_signed(key, b'cosignature/v1\ntime %d\n' % when + body, raw[12:]), f'the signature of witness {short} is wrong')
                    seen[short] = when
        need(by_log, 'no log of the policy signed this head')
        need(self.is_met(quorum or self.quorum, seen), 'too few witnesses signed; those that did: ' + (', '.join(seen) or 'none'))
        return origin, size, root, seen

# --- protobuf, as much of it as shows a value ---
def fields(data):
    at, out = 0, []
    def varint():
        nonlocal at
        value = shift = 0
        while True:
            need(at < len(data) and shift < 70, 'a value that is cut off')
            at, value, shift = at + 1, value | (data[at] & 127) << shift, shift + 7
            if data[at - 1] < 128: return value
    while at < len(data):
        tag = varint()
        need(tag & 7 in (0, 2), 'a value of a kind that no entry has')
        value = varint()
        if tag & 7 == 2:
            need(at + value <= len(data), 'a value that is cut off')
            value, at = data[at:at + value], at + value
        out.append((tag >> 3, value))
    return out
def get(data, *path):
    """All values at a path of field numbers; messages that come in pieces are put together."""
    for number in path[:-1]:
        data = b''.join(value for at, value in fields(data) if at == number)
    return [value for at, value in fields(data) if at == path[-1]]
def text(data, *path):
    return (get(data, *path) or [b''])[-1].decode()
def number(data, *path):
    return (get(data, *path) or [0])[-1]

# --- the receipt (proto/attain/v1/history_service.proto, Receipt; parts: proto/attain/storage/v1/part.proto) ---
FACTS, TEXTS, HEAD = 2, 3, 4
def open_entry(entry, size, root):
    """(revision, how many parts it has, {number of one: (kind, bytes)}) of an entry whose leaf and parts are where they say."""
    leaf = from_base64(entry['leaf'])
    need(len(leaf) == 60 and leaf[:8] == b'ATTAINL1', 'not a leaf')
    revision, _, count = struct.unpack('>QqI', leaf[8:28])
    need(revision >= 1, 'a leaf without a revision')
    path = [from_base64(hash_) for hash_ in entry.get('path', [])]
    need(root_by(revision - 1, size, leaf_hash(leaf), path) == root, f'revision {revision} is not in the tree')
    shown = {}
    for part in entry['parts']:
        place, kind, salt, data = part.get('number', 0), part.get('kind', 0), from_base64(part['salt']), from_base64(part.get('data', ''))
        need(len(salt) == 16 and kind in (FACTS, TEXTS, HEAD) and place not in shown, 'not a part that is shown')
        path = [from_base64(hash_) for hash_ in part.get('path', [])]
        hash_ = leaf_hash(bytes([kind]) + salt + data)
        need(root_by(place, count, hash_, path) == leaf[28:], f'part {place} of revision {revision} was changed')
        shown[place] = (kind, data)
    return revision, count, shown
def walk(table, entries, at, older):
    """The facts of the table's events, newest first: from revision `at` back to its creation, or to `older`, which is in one piece."""
    rows, walked = [], []
    while at:
        need(at in entries, f'revision {at} of the table is missing')
        count, shown = entries[at]
        walked.append(at)
        if at == older:
            need(count == 1 and not shown, f'revision {at} has parts that are not shown')
            break
        heads = [data for kind, data in shown.values() if kind == HEAD and text(data, 2) == table]
        need(len(heads) == 1, f'revision {at} does not say what touched the table before it')
        for event in reversed(get(heads[0], 4)):
            kind, data = shown.get(1 + 2 * event, (None, b''))
            need(kind == FACTS, f'event {event} of revision {at} is not shown')
            rows.append((at, data))
        need(number(heads[0], 3) < at, 'the table\'s history does not go back')
        at = number(heads[0], 3)
    need(sorted(walked) == sorted(entries) and walked[-1:] == [older or walked[-1]], 'there are entries that are not of the table\'s history')
    return rows, walked
EVENTS = {3: 'targets', 4: 'report', 5: 'report withdrawn', 6: 'spending', 7: 'amendment', 8: 'evaluation', 9: 'review', 10: 'outlook'}
FIGURES = {3: [(1, 3)], 4: [(2,), (4, 2), (4, 3), (4, 5)], 5: [(2,), (3,)], 6: [(2, 1), (2, 3)], 7: [(2, 9)], 8: [(3, 3), (3, 4)], 9: [(2,), (3, 1)], 10: [(2,), (3, 5)]}

def check(receipt, policy, kept=None):
    """What was proven, line by line, and the score that was signed."""
    need(receipt['format'] == 'attain-receipt-v1', 'not a receipt of this kind')
    origin, size, root, seen = policy.accept(receipt['checkpoint'])
    said = [f'log {origin}: {size} revisions, root {root.hex()[:16]}…']
    said += [f'seen by {witness} at {when} (seconds since 1970)' for witness, when in seen.items()]
    if kept is not None:
        kept_origin, kept_size, kept_root, _ = policy.accept(kept, quorum='none')
        need(kept_origin == origin, 'the head that was kept is of another log')
        check_growth(kept_size, kept_root, size, root, [from_base64(hash_) for hash_ in receipt.get('consistency', [])])
        said.append(f'of the same history as the head of {kept_size} revisions that was kept')
    table, entries = receipt['table'], {}
    for entry in receipt['entries']:
        revision, *shown = open_entry(entry, size, root)
        need(revision not in entries, f'revision {revision} comes twice')
        entries[revision] = shown
    older = int(receipt.get('olderRevision', 0))
    rows, walked = walk(table, entries, int(receipt['revision']), older)
    said.append(f'{table} as of revision {walked[0]}: its revisions {", ".join(map(str, reversed(walked)))}, none left out; what came later is not said')
    if older:
        said.append(f'revision {older} and what came before it were written in an older form and are not shown')
    score = grade = None
    for revision, facts in reversed(rows):
        kinds = {at for at, _ in fields(facts)}
        need(len(kinds) == 1 and kinds <= set(EVENTS), 'an event of a kind that no table has')
        kind = kinds.pop()
        data = b''.join(get(facts, kind))
        need((text(data, 1, 1) if kind == 3 else text(data, 1)) == table, 'an event of another table')
        said.append(f'@{revision:<6} {EVENTS[kind]:17} ' + ' '.join(filter(None, (text(data, *path) for path in FIGURES[kind]))))
        if kind == 8:
            score, grade = text(data, 3, 3), text(data, 3, 4)
    need((receipt.get('score', ''), receipt.get('grade', '')) == (score or '', grade or ''), f'the score that was signed is {score or "not there"}')
    return said, score

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    trust = parser.add_mutually_exclusive_group(required=True)
    for adds_to, name in ((parser, 'receipt'), (trust, '--key'), (trust, '--policy'), (parser, '--head')):
        adds_to.add_argument(name)
    options = parser.parse_args()
    try:
        receipt, policy, kept = (open(path, encoding='utf-8').read() if path else None for path in (options.receipt, options.policy, options.head))
    except (OSError, UnicodeDecodeError) as error:
        print(f'cannot read: {error}', file=sys.stderr)
        return 2
    try:
        said, score = check(json.loads(receipt), Policy(policy or f'log {options.key}\nquorum none\n'), kept)
    except (Refused, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, struct.error) as error:
        print(f'NOT PROVEN: {error}', file=sys.stderr)
        return 1
    print('\n'.join(said))
    print('PROVEN' + (f': score {score}' if score else ''))
    return 0

if __name__ == '__main__':
    sys.exit(main())
