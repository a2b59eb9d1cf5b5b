"""What the sources say to people: string literals of C++, alone and in pairs of both languages."""
import os
import re
from collections import namedtuple

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')

# text: with its escapes taken out; adjacent literals are one.
Literal = namedtuple('Literal', 'path line text')
# name: of a constant `Bilingual kName{zh, en}`, else empty.
Pair = namedtuple('Pair', 'path line name zh en')

TOKEN = re.compile(r'''
    //[^\n]* | /\*.*?\*/                                  # comments
  | R"(?P<tag>[^(\s]*)\((?P<raw>.*?)\)(?P=tag)"           # raw strings
  | "(?P<text>(?:[^"\\\n]|\\.)*)"
  | '(?:[^'\\\n]|\\.)+'                                   # characters
  | (?P<line>^\s*\#[^\n]*)                                # directives
  | (?P<word>[A-Za-z_]\w*) | (?P<number>\d[\w'.]*) | (?P<sign>\S)
''', re.S | re.X | re.M)
ESCAPES = {'n': '\n', 't': '\t', 'r': '\r', '0': '\0'}
HAN = re.compile('[\u2e80-\u2fdf\u3001-\u9fff\uff01-\uffef]')


def read(path):
    with open(os.path.join(ROOT, path), encoding='utf-8') as file:
        return file.read()


def sources(*folders, endings=('.cc', '.h')):
    """Paths below ROOT, sorted."""
    found = []
    for folder in folders:
        for at, _, names in os.walk(os.path.join(ROOT, folder)):
            found += [os.path.relpath(os.path.join(at, name), ROOT) for name in names if name.endswith(endings)]
    return sorted(found)


def tokens_of(text, path=''):
    """Literals, and the words and signs between them as plain strings."""
    tokens = []
    for match in TOKEN.finditer(text):
        said = match['text'] if match['text'] is not None else match['raw']
        if said is None:
            if match['word'] or match['number'] or match['sign']:
                tokens.append(match[0])
            continue
        if match['text'] is not None:
            said = re.sub(r'\\(.)', lambda escape: ESCAPES.get(escape[1], escape[1]), said, flags=re.S)
        if tokens and isinstance(tokens[-1], Literal):
            tokens[-1] = tokens[-1]._replace(text=tokens[-1].text + said)
        else:
            tokens.append(Literal(path, text.count('\n', 0, match.start()) + 1, said))
    return tokens


def literals_of(text, path=''):
    return [token for token in tokens_of(text, path) if isinstance(token, Literal)]


def pairs_of(text, path=''):
    """Each {"…", "…"} whose first text is Chinese, and each constant of type Bilingual whatever it says."""
    tokens, pairs = tokens_of(text, path), []
    for i in range(len(tokens) - 4):
        opening, zh, comma, en, closing = tokens[i:i + 5]
        if (opening, comma, closing) != ('{', ',', '}') or not isinstance(zh, Literal) or not isinstance(en, Literal):
            continue
        named = i >= 2 and tokens[i - 2] == 'Bilingual'
        if named or HAN.search(zh.text):
            pairs.append(Pair(path, zh.line, tokens[i - 1] if named else '', zh.text, en.text))
    return pairs
