import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { placeholdersOf } from './placeholders.ts';

const sample = { contact: { name: 'Ada', email: null }, count: 2, tags: ['a', 'b'], messages: [{ author: 'Bea', text: 'Hi', attachments: [{ name: 'a.pdf' }] }] };
const problems = (body: string, subject = 'x') => checkTemplate({ subject, body }, sample).map(({ field, code, line, detail }) => `${field} ${line} ${code} ${detail}`);

describe('checking a template', () => {
  it.each([
    'Hello {{ contact.name }} {{ contact.email }} {{ count | plus: 1 }} {{ contact["name"] | default: contact.email }}',
    '{% for m in messages %}{{ forloop.index }} {{ m.author }} {% for a in m.attachments %}{{ a.name }}{% endfor %}{% else %}{{ count }}{% endfor %}',
    '{% if messages.size > 1 and contact.name == "x" %}{{ messages[0].text }}{{ messages.first.author }}{{ tags[1] }}{{ tags | join: ", " }}{% endif %}',
    '{% assign greeting = contact.name | upcase %}{{ greeting }}{% for i in (1..count) %}{{ i }}{% endfor %}{% for tag in tags %}{{ tag }}{% endfor %}',
    '{% case count %}{% when 1 %}one{% else %}{{ count }}{% endcase %}{% unless contact.email %}-{% endunless %}{% raw %}{{ nothing }}{% endraw %}{% comment %}{{ nothing }}{% endcomment %}',
    '{{ contact.name.size }} {{ tags.size }}',
  ])('finds nothing wrong with %s', (body) => {
    expect(problems(body)).toEqual([]);
  });

  it.each([
    ['a\n{{ contact.nam }}', 'body 2 unknown_placeholder contact.nam'],
    ['{{ name }}', 'body 1 unknown_placeholder name'],
    ['{% for m in messages %}\n{{ m.autor }}{% endfor %}', 'body 2 unknown_placeholder m.autor'],
    ['{% for m in messages %}{% for a in m.attachments %}{{ a.size_in_kb }}{% endfor %}{% endfor %}', 'body 1 unknown_placeholder a.size_in_kb'],
    ['{% for m in message %}{% endfor %}', 'body 1 unknown_placeholder message'],
    ['{% if contact.phone %}x{% endif %}', 'body 1 unknown_placeholder contact.phone'],
    ['{% if false %}{{ never }}{% endif %}', 'body 1 unknown_placeholder never'],
    ['{{ count | plus: more }}', 'body 1 unknown_placeholder more'],
    ['{% for i in (1..many) %}{% endfor %}', 'body 1 unknown_placeholder many'],
    ['{{ contact.constructor }}', 'body 1 unknown_placeholder contact.constructor'],
    ['{{ contact[secret] }}', 'body 1 unknown_placeholder secret'],
    ['{% for m in messages %}{% endfor %}{{ m.author }}', 'body 1 unknown_placeholder m.author'],
    ['{{ messages.author }}', 'body 1 unknown_placeholder messages.author'],
    ['x\n\n{% if %', 'body 3 template_syntax tag "{% if %" not closed'],
  ])('finds what is wrong with %j', (body, problem) => {
    expect(problems(body)).toEqual([problem]);
  });

  it('tells all unknown names of both fields, and a loop without an end', () => {
    expect(problems('{{ a }}\n{{ b.c }}', '{{ d }}')).toEqual(['subject 1 unknown_placeholder d', 'body 1 unknown_placeholder a', 'body 2 unknown_placeholder b.c']);
    expect(problems('{% for i in (1..1000000000) %}{% endfor %}')[0]).toContain('template_limit');
  });
});

it('lists what a template may use', () => {
  expect(placeholdersOf(sample)).toEqual([
    { name: 'contact.name', sample: 'Ada', isList: false },
    { name: 'contact.email', sample: '', isList: false },
    { name: 'count', sample: '2', isList: false },
    { name: 'tags', sample: 'a, b', isList: true },
    { name: 'messages', sample: '1', isList: true, fields: [
      { name: 'author', sample: 'Bea', isList: false }, { name: 'text', sample: 'Hi', isList: false },
      { name: 'attachments', sample: '1', isList: true, fields: [{ name: 'name', sample: 'a.pdf', isList: false }] },
    ] },
  ]);
});
