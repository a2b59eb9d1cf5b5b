"""The API reference in docs/api is what the schema says, whole, and its links lead somewhere. scripts/api-docs writes it."""
import html.parser
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import sentences

FOLDER = 'docs/api/'
SERVICES = sentences.sources('proto/attain/v1', endings=('_service.proto',))
OPEN = ('meta', 'link', 'br')  # elements of HTML without an end


def run(*options):
    return subprocess.run([os.path.join(sentences.ROOT, 'scripts', 'api-docs'), *options], text=True, capture_output=True, check=False)


class Page(html.parser.HTMLParser):
    """Links and anchors of a page of HTML, and whether every element ends where it should."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors, self.open, self.wrong, self.elements = [], [], [], [], set()
        self.feed(text)
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.links += [value for name, value in attrs if name in ('href', 'src')]
        self.anchors += [value for name, value in attrs if name == 'id']
        if tag not in OPEN:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append('/' + tag)


class MarkdownPage:
    def __init__(self, text):
        text = re.sub(r'^```.*?^```$', '', text, flags=re.S | re.M)
        self.anchors = re.findall(r'<a id="([^"]+)">', text)
        text = re.sub(r'`[^`\n]*`', '', text)
        self.links = re.findall(r'(?<!\\)\]\(([^)]*)\)', text)
        self.wrong, self.elements = [], {'h1'} if re.search('^# ', text, re.M) else set()


def pages():
    """File name and page."""
    for name in sorted(os.listdir(os.path.join(sentences.ROOT, FOLDER))):
        if name.endswith(('.md', '.html')):
            yield name, (MarkdownPage if name.endswith('.md') else Page)(sentences.read(FOLDER + name))


class TreeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = dict(pages())
        cls.examples = json.loads(sentences.read(FOLDER + 'examples.json'))

    def test_the_pages_are_as_the_schema_says(self):
        done = run('--check')
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ''))

    def test_every_method_has_an_example_and_its_place(self):
        answered = {example['method'] for example in self.examples if example.get('response')}
        count = 0
        for path in SERVICES:
            service, text = re.search(r'^service (\w+)', sentences.read(path), re.M)[1], sentences.read(path)
            for method in re.findall(r'^ *rpc (\w+)\(', text, re.M):
                count += 1
                with self.subTest(method=f'{service}.{method}'):
                    self.assertIn(f'{service}.{method}', answered)
                    for ending in ('.md', '.html'):
                        self.assertIn(method, self.pages[os.path.basename(path)[:-len('.proto')].replace('_', '-') + ending].anchors)
        self.assertGreater(count, 50)

    def test_every_link_resolves(self):
        count = 0
        for name, page in self.pages.items():
            self.assertEqual(len(page.anchors), len(set(page.anchors)), f'{name}: an anchor is there twice')
            for link in page.links:
                count += 1
                with self.subTest(page=name, link=link):
                    target, _, anchor = link.partition('#')
                    if target and target not in self.pages:
                        self.assertTrue(os.path.exists(os.path.join(sentences.ROOT, FOLDER, target)))
                    elif anchor:
                        self.assertIn(anchor, self.pages[target or name].anchors)
        self.assertGreater(count, 2000)

    def test_the_pages_stand_alone(self):
        for name, page in self.pages.items():
            with self.subTest(page=name):
                self.assertEqual(page.wrong, [], 'elements that do not end, or not there')
                self.assertEqual(page.elements & {'script', 'img', 'iframe', 'style'}, set())
                self.assertIn('h1', page.elements)
                self.assertEqual([link for link in page.links if '//' in link], [], 'nothing is loaded from elsewhere')


class CopyTest(unittest.TestCase):
    """What is planted in a copy of the tree is noticed."""

    def setUp(self):
        room = tempfile.TemporaryDirectory()
        self.addCleanup(room.cleanup)
        self.root = room.name
        for folder in ('proto', 'docs/api'):
            shutil.copytree(os.path.join(sentences.ROOT, folder), os.path.join(self.root, folder))

    def change(self, path, old, new):
        path = os.path.join(self.root, path)
        with open(path, encoding='utf-8') as file:
            text = file.read()
        self.assertIn(old, text)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text.replace(old, new, 1))

    def check(self):
        """Pages that are named, and everything that is said."""
        done = run('--check', '--root', self.root)
        self.assertEqual((done.returncode, done.stderr), (1, ''))
        return re.findall(r'^docs/api/(\S+) ', done.stdout, re.M), done.stdout

    def test_what_is_out_of_date(self):
        self.change('proto/attain/v1/unit.proto', 'A budget unit (', 'Another budget unit (')
        self.change('proto/attain/v1/admin_service.proto', 'COST_CLASS_POINT', 'COST_CLASS_PAGE')
        self.change(FOLDER + 'index.md', '# Attain API', '# API')
        folder = os.path.join(self.root, FOLDER)
        os.remove(os.path.join(folder, 'errors.md'))
        shutil.copy(os.path.join(folder, 'errors.html'), os.path.join(folder, 'old.html'))
        self.assertEqual(self.check()[0], ['admin-service.html', 'admin-service.md', 'errors.md', 'index.md', 'types.html', 'types.md', 'old.html'])
        self.assertFalse(os.path.exists(os.path.join(folder, 'errors.md')), 'a check writes nothing')
        done = run('--root', self.root)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ''))
        for name, word in (('errors.md', '# Errors'), ('types.html', 'Another budget unit'), ('index.md', '# Attain API')):
            with open(os.path.join(folder, name), encoding='utf-8') as file:
                self.assertIn(word, file.read())

    def test_examples_that_do_not_fit_the_schema(self):
        self.change(FOLDER + 'examples.json', '"AdminService.GetServerInfo"', '"AdminService.GetNothing"')
        self.change(FOLDER + 'examples.json', '"unitId"', '"unitName"')
        _, said = self.check()
        for line in ('AdminService.GetServerInfo has no example', 'there is no method AdminService.GetNothing', 'unitName'):
            self.assertIn(line, said)


class ScanTest(unittest.TestCase):
    """The scan sees what it has to see."""

    def test_markdown(self):
        page = MarkdownPage('# A\n<a id="x"></a>[a](b.md#c) `[d](e)` \\[f\\](g)\n```json\n[h](i)\n```\n')
        self.assertEqual((page.links, page.anchors), (['b.md#c'], ['x']))

    def test_html(self):
        page = Page('<html><h1 id="x">A</h1><a href="b.html">b</a></html>')
        self.assertEqual((page.links, page.anchors, page.wrong), (['b.html'], ['x'], []))
        self.assertNotEqual(Page('<p><b></p></b>').wrong, [])
        self.assertNotEqual(Page('<p>').wrong, [])


if __name__ == '__main__':
    unittest.main()
