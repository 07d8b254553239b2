// Writes the table of names (strokes.tsv) to the file given: a character, its strokes as 横1 竖2 撇3 点4 折5 in
// the order they are written, and its place by pinyin. Run by hatch_build.py; the browser never sees it.
// The strokes are those of cnchar-order; the places those of ICU, which Node carries.
const { writeFileSync } = require("node:fs");
const { dict } = require("cnchar-order");

// 提 counts as 横 and 捺 as 点 (GB 13000.1 字符集汉字笔顺规范); a 竖 with a hook is still a 竖, all else that bends is 折.
const KINDS = { j: 1, i: 1, f: 2, g: 2, s: 3, k: 4, d: 4, l: 4 };

const characters = Object.keys(dict.orders);
const byPinyin = [...characters].sort(new Intl.Collator("zh-u-co-pinyin").compare);
const places = new Map(byPinyin.map((character, place) => [character, place + 1]));
const lines = characters.map((character) => {
  const strokes = [...dict.orders[character]].map((letter) => KINDS[letter] ?? 5).join("");
  return `${character}\t${strokes}\t${places.get(character)}`;
});
writeFileSync(process.argv[2], lines.join("\n") + "\n");
