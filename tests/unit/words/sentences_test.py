"""Every sentence of the command line stands in both languages with the same values in it, once, and is said."""
import re
import unittest

import sentences


def values_of(text):
    return set(re.findall(r'\$\d', text))


class SentencesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = {path: sentences.read(path) for path in sentences.sources('clients/cli')}
        cls.pairs = [pair for path, text in cls.texts.items() for pair in sentences.pairs_of(text, path)]
        cls.named = [pair for pair in cls.pairs if pair.name]

    def test_the_scan_finds_every_constant(self):
        declared = sum(len(re.findall(r'\bBilingual k\w+\{', text)) for text in self.texts.values())
        self.assertEqual(declared, len(self.named))
        self.assertGreater(declared, 280)

    def test_both_languages_with_the_same_values(self):
        for pair in self.pairs:
            with self.subTest(pair=pair):
                self.assertTrue(pair.zh and pair.en)
                self.assertEqual(values_of(pair.zh), values_of(pair.en))

    def test_english_is_the_second(self):
        # Names and values that people type may be Chinese in an English sentence; its punctuation is not.
        for pair in self.pairs:
            with self.subTest(pair=pair):
                self.assertNotRegex(pair.en, '[，。：；！？（）、“”]')

    def test_each_constant_stands_once_and_is_said(self):
        names = [pair.name for pair in self.named]
        self.assertEqual(sorted(names), sorted(set(names)))
        said = {name for text in self.texts.values() for name in re.findall(r'\bwords::(k\w+)', text)}
        self.assertEqual(set(names) - said, set(), 'declared, and nothing says it: take it out')


class ScanTest(unittest.TestCase):
    """The scan sees what it has to see."""

    def test_pairs(self):
        found = sentences.pairs_of('inline constexpr Bilingual kA{"甲 $0"\n  "乙", "A \\"$0\\""};\nf({"丙", "c"}, {"x", "y"});')
        self.assertEqual([(pair.name, pair.zh, pair.en) for pair in found], [('kA', '甲 $0乙', 'A "$0"'), ('', '丙', 'c')])

    def test_comments_characters_and_directives_are_no_sentences(self):
        found = sentences.literals_of('#include "a.h"\n// "b"\n/* "c" */ f(\'"\', "d"); R"(e"f)"')
        self.assertEqual([(each.line, each.text) for each in found], [(3, 'd'), (3, 'e"f')])


if __name__ == '__main__':
    unittest.main()
