"""One thing has one name: what the glossary forbids stands in no sentence, form or manual, but for what a form prints."""
import functools
import re
import unittest

import sentences

GLOSSARY = 'tests/data/glossary/'
MANUALS = ('README.md', 'README.zh-CN.md', 'RULES.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md')
NEAR = 6  # characters between the two words of "a…b"


def lines_of(name):
    for line in sentences.read(GLOSSARY + name).splitlines():
        if line and not line.startswith('#'):
            yield [part.strip() for part in line.split('·')]


@functools.lru_cache(None)
def pattern_of(word):
    if word.startswith('='):
        return re.compile(re.escape(word[1:]) + r'\Z')
    return re.compile(('[^。；\n]{0,%d}' % NEAR).join(re.escape(part) for part in word.split('…')))


def found_in(text, word):
    return pattern_of(word).match(text) if word.startswith('=') else pattern_of(word).search(text)


def texts():
    """Every text for people: (path, line, text)."""
    for path in sentences.sources('clients/cli', 'service') + sentences.sources('proto', endings=('.proto',)):
        yield from sentences.literals_of(sentences.read(path), path)
    for path in MANUALS:
        for number, line in enumerate(sentences.read(path).splitlines(), 1):
            yield sentences.Literal(path, number, line)


class GlossaryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.forbidden = {word: said for said, _, forbidden in lines_of('words.txt') for word in forbidden.split()}
        cls.exceptions = {(word, path) for word, path, _ in lines_of('exceptions.txt')}
        cls.texts = list(texts())

    def test_the_files_are_whole(self):
        self.assertGreater(len(self.forbidden), 15)
        self.assertGreater(len(self.texts), 3000)
        for word, path, form in lines_of('exceptions.txt'):
            self.assertIn(word, self.forbidden)
            self.assertTrue(form, 'an exception names the form that prints it')

    def test_no_text_has_a_forbidden_word(self):
        needed = set()
        for path, line, text in self.texts:
            if not sentences.HAN.search(text):
                continue
            for word, said in self.forbidden.items():
                if not found_in(text, word):
                    continue
                if (word, path) in self.exceptions:
                    needed.add((word, path))
                    continue
                with self.subTest(place=f'{path}:{line}'):
                    self.fail(f'{word} in "{text[:120]}": say {said}, or name the form that prints it in {GLOSSARY}exceptions.txt')
        self.assertEqual(self.exceptions - needed, set(), 'exceptions that nothing needs: take them out')

    def test_a_forbidden_word_is_found(self):
        self.assertTrue(found_in('请核查后再报', '核查'))
        self.assertTrue(found_in('权重', '=权重'))
        self.assertFalse(found_in('分值权重', '=权重'))
        self.assertFalse(found_in('权重合计', '=权重'))
        self.assertTrue(found_in('请修改这次上报', '修改…上报'))
        self.assertFalse(found_in('请修改目标表。有上报', '修改…上报'))


if __name__ == '__main__':
    unittest.main()
