// The site that scripts/site builds: search, mathematics and fonts are part of it, nothing is fetched.
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

// Titles and order, as docs/.vitepress/stage.py found them.
const { version, groups } = JSON.parse(readFileSync(new URL('../navigation.json', import.meta.url)))
const base = process.env.CHAINFOLD_SITE_BASE ?? '/'
const first = (title) => groups.find((group) => group.text === title)?.items[0].link

export default defineConfig({
  base,
  title: 'chainfold',
  description: 'The chain rule, folded by the compiler: a C++20 library that differentiates at compile time.',
  lang: 'en',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }]],
  srcDir: 'pages',
  outDir: 'html',
  cleanUrls: false,
  lastUpdated: false,
  ignoreDeadLinks: false,
  markdown: {
    math: true,
    attrs: { disable: true }, // braces in prose are braces
    theme: { light: 'github-light', dark: 'github-dark' },
    languageAlias: { 'c++': 'cpp' },
  },
  themeConfig: {
    nav: ['The book', 'How to', 'Reference', 'Design notes']
      .filter(first)
      .map((text) => ({ text, link: first(text) }))
      .concat([{ text: version, link: '/CHANGELOG' }]),
    sidebar: groups.map((group) => ({ ...group, collapsed: group.text === 'Design notes' })),
    outline: { level: [2, 3] },
    search: {
      provider: 'local',
      options: {
        // value_and_gradient is one word, and three.
        miniSearch: {
          options: {
            tokenize: (text) =>
              text.split(/[^\p{L}\p{N}_]+/u).flatMap((word) => (word.includes('_') ? [word, ...word.split('_')] : [word])),
          },
        },
        // Files of the tree are shown, not searched.
        _render: (source, env, markdown) => (/^search: false$/m.test(source) ? '' : markdown.render(source, env)),
      },
    },
    footer: { message: 'Boost Software License 1.0' },
  },
})
