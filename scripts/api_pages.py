"""How a page of the reference is written, as Markdown and as HTML; scripts/api-docs says what stands in it."""
import html
import json
import re

MADE = 'Made by scripts/api-docs: change the schema or the examples, not this page.'


# A text is a list of parts: (style, text, page, anchor), style being text, code or link.
def text(words):
    return [('text', words, '', '')]


def code(words):
    return [('code', words, '', '')]


def link(words, page, anchor=''):
    return [('link', words, page, anchor)]


def joined(parts, between=', '):
    whole = []
    for part in parts:
        whole += (text(between) if whole else []) + part
    return whole


class Writer:
    """One page in one form."""

    def inline(self, parts):
        return ''.join(getattr(self, style)(words, page, anchor) for style, words, page, anchor in parts)

    def target(self, page, anchor):
        return (page + self.ending if page else '') + ('#' + anchor if anchor else '')


class Markdown(Writer):
    ending = '.md'

    def __init__(self, title):
        self.lines = [f'<!-- {MADE} -->']

    def text(self, words, *_):
        return re.sub(r'([\\*\[\]<>|`]|(?<!\w)_|_(?!\w))', r'\\\1', words)

    def code(self, words, *_):
        return '`' + words.replace('|', r'\|') + '`'

    def link(self, words, page, anchor):
        return f'[{self.text(words)}]({self.target(page, anchor)})'

    def heading(self, level, words, anchor=''):
        self.lines += ['', *([f'<a id="{anchor}"></a>', ''] if anchor else []), '#' * level + ' ' + self.inline(text(words))]

    def paragraph(self, parts):
        self.lines += ['', self.inline(parts)]

    def items(self, items):
        self.lines += ['', *('- ' + self.inline(parts) for parts in items)]

    def table(self, head, rows, anchors=()):
        self.lines += ['', '| ' + ' | '.join(head) + ' |', '|' + ' --- |' * len(head)]
        for index, row in enumerate(rows):
            mark = f'<a id="{anchors[index]}"></a>' if anchors else ''
            self.lines.append('| ' + mark + ' | '.join(self.inline(cell) for cell in row) + ' |')

    def block(self, words):
        self.lines += ['', '```json', words, '```']

    def whole(self):
        return '\n'.join(self.lines) + '\n'


class Html(Writer):
    ending = '.html'

    def __init__(self, title):
        self.lines = ['<!DOCTYPE html>', f'<!-- {MADE} -->', '<html lang="en">', '<head>', '<meta charset="utf-8">',
                      '<meta name="viewport" content="width=device-width, initial-scale=1">', f'<title>{html.escape(title)}</title>',
                      '<link rel="stylesheet" href="style.css">', '</head>', '<body>']

    def text(self, words, *_):
        return html.escape(words, False)

    def code(self, words, *_):
        return f'<code>{html.escape(words, False)}</code>'

    def link(self, words, page, anchor):
        return f'<a href="{self.target(page, anchor)}">{html.escape(words, False)}</a>'

    def heading(self, level, words, anchor=''):
        mark = f' id="{anchor}"' if anchor else ''
        self.lines.append(f'<h{level}{mark}>{html.escape(words, False)}</h{level}>')

    def paragraph(self, parts):
        self.lines.append(f'<p>{self.inline(parts)}</p>')

    def items(self, items):
        self.lines += ['<ul>', *(f'<li>{self.inline(parts)}</li>' for parts in items), '</ul>']

    def table(self, head, rows, anchors=()):
        self.lines.append('<table>')
        if any(head):
            self.lines.append('<tr>' + ''.join(f'<th>{html.escape(cell)}</th>' for cell in head) + '</tr>')
        for index, row in enumerate(rows):
            mark = f' id="{anchors[index]}"' if anchors else ''
            self.lines.append(f'<tr{mark}>' + ''.join(f'<td>{self.inline(cell)}</td>' for cell in row) + '</tr>')
        self.lines.append('</table>')

    def block(self, words):
        self.lines.append(f'<pre><code>{html.escape(words, False)}</code></pre>')

    def whole(self):
        return '\n'.join([*self.lines, '</body>', '</html>']) + '\n'


def fold(value, indent='', width=110):
    """JSON on as few lines as stay readable."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= width or not isinstance(value, (dict, list)) or not value:
        return flat
    inner = indent + '  '
    if isinstance(value, list):
        return '[\n' + ',\n'.join(inner + fold(item, inner) for item in value) + f'\n{indent}]'
    lines = (f'{inner}{json.dumps(key)}: {fold(item, inner)}' for key, item in value.items())
    return '{\n' + ',\n'.join(lines) + f'\n{indent}}}'
