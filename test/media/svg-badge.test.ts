import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BakingError } from '../../src/media/baking.js';
import { qrSvg } from '../../src/media/qr.js';
import { bakeSvg } from '../../src/media/svg-bake.js';
import { extractFromSvg } from '../../src/media/svg-extract.js';
import { credentialTexts } from './texts.js';

const SVG = 'xmlns="http://www.w3.org/2000/svg"';
const OB = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"';
const BADGE = '{"name":"Engagement étudiant 🎓"}';
const JWS = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln';
const tag = (body: string, attributes = '') => `<openbadges:credential${attributes}>${body}</openbadges:credential>`;
const svg = (inside: string) => `<svg ${SVG} ${OB}>${inside}<path d="M0 0h1"/></svg>`;
const cdata = (text: string) => `<![CDATA[${text}]]>`;
const baked = (picture: string, credential: string) => new TextDecoder().decode(bakeSvg(picture, credential));
const JSON_VALUE = (text: string): unknown => JSON.parse(text);

describe('baking into SVG', () => {
  it('gives back every badge: byte for byte, but for what XML cannot hold, which keeps its value', () => {
    fc.assert(
      fc.property(credentialTexts, (text) => {
        const extraction = extractFromSvg(bakeSvg(svg(''), text));
        if (!extraction.ok) throw new Error(extraction.problem);
        if (text.startsWith('{')) expect(JSON_VALUE(extraction.text)).toEqual(JSON_VALUE(text));
        if (!/\]\]>|[\uFFFE\uFFFF]/.test(text)) expect(extraction.text).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('writes ]]> as ]]\\u003e and keeps everything else of the text', () => {
    const text = '{\r\n  "a": "x]]>y",\t"b": "]] >"\n}';
    expect(extractFromSvg(bakeSvg(svg(''), text))).toEqual({ ok: true, text: text.replace(']]>', ']]\\u003e') });
  });

  it('puts JSON into CDATA and a JWS into the attribute, as first child, the namespace on the root', () => {
    const picture = `<?xml version="1.0"?>\n<!-- drawn -->\n<svg ${SVG}>\n<g/></svg>\n`;
    const around = (element: string) => picture.replace('>\n<g/>', ` ${OB}>${element}\n<g/>`);
    expect(baked(picture, BADGE)).toBe(around(tag(cdata(BADGE))));
    expect(baked(picture, JWS)).toBe(around(tag('', ` verify="${JWS}"`)));
  });

  it('opens an empty root, with or without a prefix', () => {
    expect(baked(`<svg ${SVG}/>`, BADGE)).toBe(`<svg ${SVG} ${OB}>${tag(cdata(BADGE))}</svg>`);
    const prefixed = '<s:svg xmlns:s="http://www.w3.org/2000/svg" />';
    expect(extractFromSvg(baked(prefixed, BADGE))).toEqual({ ok: true, text: BADGE });
    expect(baked(prefixed, BADGE)).toMatch(/<\/s:svg>$/);
  });

  it('replaces the badges that were there, under whatever prefix, and only those', () => {
    const x = '<x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/>';
    const picture = `<svg ${SVG} ${OB}><title>t</title>${tag(cdata('{"old":1}'))}<g>${x}</g></svg>`;
    expect(baked(picture, BADGE)).toBe(`<svg ${SVG} ${OB}>${tag(cdata(BADGE))}<title>t</title><g></g></svg>`);
    expect(baked(baked(picture, JWS), BADGE)).toBe(baked(picture, BADGE));
  });

  it('leaves a badge of Open Badges 2.0 under the same prefix as it is', () => {
    const older = `<svg ${SVG} xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="https://b.example/1"/></svg>`;
    expect(extractFromSvg(older)).toEqual({ ok: false, problem: 'open-badges-2', text: 'https://b.example/1' });
    expect(baked(older, BADGE)).toContain('<openbadges:assertion verify="https://b.example/1"/>');
    expect(extractFromSvg(baked(older, BADGE))).toEqual({ ok: true, text: BADGE });
  });

  it('bakes into our own QR code', () => {
    const picture = qrSvg('https://badges.univ.example/v/0a1b', 'Vérifier <ce> badge & voir');
    expect(extractFromSvg(bakeSvg(picture, BADGE))).toEqual({ ok: true, text: BADGE });
  });

  it('refuses what is no badge or no picture', () => {
    expect(() => bakeSvg(svg(''), 'hello')).toThrow(expect.objectContaining({ reason: 'credential' }));
    expect(() => bakeSvg('<svg/>', BADGE)).toThrow(BakingError);
    expect(() => bakeSvg(`<!DOCTYPE svg><svg ${SVG}/>`, BADGE)).toThrow(expect.objectContaining({ reason: 'picture' }));
  });
});

describe('extracting from SVG', () => {
  const lolz = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';
  it.each([
    ['V60: an external entity', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg(tag('&x;'))}`],
    ['V60: a billion laughs', `${lolz}${svg(tag('{"a":"&c;"}'))}`],
    ['V60: a harmless DOCTYPE', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">${svg(tag(cdata(BADGE)))}`],
    ['V60: a DOCTYPE in lower case', `<!doctype svg>${svg(tag(cdata(BADGE)))}`],
    ['V60: an entity without a declaration', svg(tag('{"a":"&nbsp;"}'))],
    ['V60: an entity in an attribute elsewhere', svg(`${tag(cdata(BADGE))}<g id="&x;"/>`)],
    ['V60: an entity of a long name', svg(tag('&aVeryLongName;'))],
    ['V60: an ENTITY inside the root', svg('<!ENTITY a "b">')],
  ])('%s is refused', (_, picture) => {
    expect(extractFromSvg(picture)).toEqual({ ok: false, problem: 'markup-refused' });
    expect(extractFromSvg(new TextEncoder().encode(picture))).toEqual({ ok: false, problem: 'markup-refused' });
  });

  it.each([
    ['V60: two tags', svg(tag(cdata(BADGE)) + tag(cdata(BADGE))), 'several'],
    [
      'V60: two tags far from one another',
      svg(`${tag(cdata(BADGE))}<g><g>${tag('', ` verify="${JWS}"`)}</g></g>`),
      'several',
    ],
    ['V60: verify and body', svg(tag(cdata(BADGE), ` verify="${JWS}"`)), 'several'],
    ['V60: an empty verify and a body', svg(tag(cdata(BADGE), ' verify=""')), 'several'],
    ['V60: in a comment', svg(`<!-- ${tag(cdata(BADGE))} -->`), 'none'],
    ['V60: in CDATA', svg(`<desc><![CDATA[${tag(BADGE)}]]></desc>`), 'none'],
    [
      'V60: the right prefix for a foreign namespace',
      `<svg ${SVG} xmlns:openbadges="https://evil.example/">${tag(cdata(BADGE))}</svg>`,
      'none',
    ],
    ['V60: the prefix taken away by an inner tag', svg(`<g xmlns:openbadges="urn:x">${tag(cdata(BADGE))}</g>`), 'none'],
    ['V60: the namespace but for one letter', svg(tag(cdata(BADGE))).replace('/ob/v3p0', '/ob/v3p1'), 'none'],
    ['V60: no prefix and no namespace', svg('<credential>{}</credential>'), 'none'],
    ['V60: gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), 'compressed'],
    ['no badge', svg(''), 'none'],
    ['an empty tag', svg('<openbadges:credential/>'), 'none'],
    ['a tag of white space', svg(tag(' \n ')), 'none'],
    ['an empty verify', svg(tag('', ' verify=""')), 'none'],
  ])('%s', (_, picture, problem) => {
    expect(extractFromSvg(picture)).toEqual({ ok: false, problem });
  });

  it.each([
    ['another root', `<html xmlns="http://www.w3.org/1999/xhtml"/>`, 'not-svg'],
    ['a root without namespace', `<svg ${OB}>${tag(cdata(BADGE))}</svg>`, 'not-svg'],
    ['nothing', '', 'xml-tag'],
    ['a tag inside the badge', svg(tag(`<b>${BADGE}</b>`)), 'svg-credential-content'],
    ['a badge inside the badge', svg(tag(tag(cdata(BADGE)))), 'svg-credential-content'],
    ['a comment inside the badge', svg(tag(`{"a":<!-- -->1}`)), 'svg-credential-content'],
    ['text beside the CDATA', svg(tag(`{"a":1,${cdata('"b":2}')}`)), 'svg-credential-content'],
    ['an end tag of another name', svg('<g></h>'), 'xml-tag'],
    ['a tag left open', `<svg ${SVG}><g>`, 'xml-tag'],
    ['two roots', `<svg ${SVG}/><svg ${SVG}/>`, 'xml-tag'],
    ['text after the root', `<svg ${SVG}/>x`, 'xml-markup'],
    ['CDATA after the root', `<svg ${SVG}/><![CDATA[]]>`, 'xml-markup'],
    ['an attribute twice', `<svg ${SVG} a="1" a="2"/>`, 'xml-attribute'],
    ['an attribute twice by namespace', `<svg ${SVG} xmlns:a="urn:x" xmlns:b="urn:x" a:c="" b:c=""/>`, 'xml-attribute'],
    ['an attribute without quotes', `<svg ${SVG} a=1/>`, 'xml-attribute'],
    ['attributes without a space', `<svg ${SVG} a="1"b="2"/>`, 'xml-attribute'],
    ['a < in an attribute', `<svg ${SVG} a="<"/>`, 'xml-attribute'],
    ['an undeclared prefix', `<svg ${SVG}><x:g/></svg>`, 'xml-namespace'],
    ['a prefix declared empty', `<svg ${SVG} xmlns:x=""/>`, 'xml-namespace'],
    ['the prefix xml for something else', `<svg ${SVG} xmlns:xml="urn:x"/>`, 'xml-namespace'],
    [']]> in text', `<svg ${SVG}>]]></svg>`, 'xml-markup'],
    ['a stray ampersand', `<svg ${SVG}>a & b</svg>`, 'xml-markup'],
    ['a control character', `<svg ${SVG}>\u0001</svg>`, 'xml-character'],
    ['a control character by number', `<svg ${SVG}>&#1;</svg>`, 'xml-character'],
    ['a character beyond Unicode', `<svg ${SVG}>&#x110000;</svg>`, 'xml-character'],
    ['half a character', `<svg ${SVG}>\ud800</svg>`, 'xml-character'],
    ['-- in a comment', `<svg ${SVG}><!-- a -- b --></svg>`, 'xml-markup'],
    ['an XML declaration after the beginning', `<svg ${SVG}><?xml version="1.0"?></svg>`, 'xml-markup'],
    ['XML 1.1', `<?xml version="1.1"?><svg ${SVG}/>`, 'xml-declaration'],
    ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?><svg ${SVG}/>`, 'xml-declaration'],
    ['white space before the XML declaration', ` <?xml version="1.0"?><svg ${SVG}/>`, 'xml-markup'],
    ['257 tags inside one another', `<svg ${SVG}>${'<g>'.repeat(256)}${'</g>'.repeat(256)}</svg>`, 'xml-too-deep'],
    [
      '1,002 attributes',
      `<svg ${SVG} ${Array.from({ length: 1_001 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      'xml-too-many-attributes',
    ],
    ['a name beginning with a digit', `<svg ${SVG}><1/></svg>`, 'xml-name'],
    ['a name of two colons', `<svg ${SVG}><a:b:c/></svg>`, 'xml-attribute'],
  ])('%s is damaged', (_, picture, damage) => {
    expect(extractFromSvg(picture)).toMatchObject({ ok: false, problem: 'damaged', damage });
  });

  it('V3: bytes that are not UTF-8 are damaged', () => {
    const bytes = new TextEncoder().encode(svg(tag(cdata('{"a":"__"}'))));
    bytes.set([0xc3, 0x28], bytes.indexOf(0x5f));
    expect(extractFromSvg(bytes)).toMatchObject({ problem: 'damaged', damage: 'svg-not-utf-8' });
  });

  it.each([
    ['CDATA with white space around it', svg(tag(`\n  ${cdata(BADGE)}\n`)), BADGE],
    ['two CDATA sections that split ]]>', svg(tag('<![CDATA[{"a":"]]]]><![CDATA[>"}]]>')), '{"a":"]]>"}'],
    ['escaped text instead of CDATA', svg(tag(' {&quot;a&quot;:"&#x1F393;&lt;&#62;&amp;&apos;"} ')), `{"a":"🎓<>&'"}`],
    ['a JWS in verify', svg(tag('', ` verify='${JWS}'`)), JWS],
    ['a JWS in verify and white space inside', svg(tag('\n', ` verify="${JWS}"`)), JWS],
    [
      'another prefix for the namespace',
      svg(`<x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0">${cdata(BADGE)}</x:credential>`),
      BADGE,
    ],
    [
      'the default namespace',
      svg(`<credential xmlns="https://purl.imsglobal.org/ob/v3p0">${cdata(BADGE)}</credential>`),
      BADGE,
    ],
    ['a badge that is not the first child', svg(`<title>t</title>${tag(cdata(BADGE))}`), BADGE],
    ['another badge in a comment', svg(`<!-- ${tag('{}')} -->${tag(cdata(BADGE))}`), BADGE],
    [
      'a byte-order mark, a declaration, comments and instructions around',
      `\uFEFF<?xml version='1.0' encoding='utf-8' standalone="no" ?><?x y?><!-- c -->${svg(tag(cdata(BADGE)))}<?z?>\n`,
      BADGE,
    ],
    ['256 tags inside one another', svg(`${'<g>'.repeat(254)}${tag(cdata(BADGE))}${'</g>'.repeat(254)}`), BADGE],
    [
      'a prefixed root with other namespaces in use',
      `<s:svg xmlns:s="http://www.w3.org/2000/svg" ${OB} xmlns:i="urn:i" xml:lang="fr" i:a="1" a="1"><i:b/>${tag(cdata(BADGE))}</s:svg>`,
      BADGE,
    ],
  ])('%s is read', (_, picture, text) => {
    expect(extractFromSvg(picture)).toEqual({ ok: true, text });
    expect(extractFromSvg(new TextEncoder().encode(picture))).toEqual({ ok: true, text });
  });

  it('reads files of 1 MiB made to be slow in little time', () => {
    const size = 1024 * 1024;
    const fill = (piece: string, from = '', to = '') =>
      from + piece.repeat((size - from.length - to.length) / piece.length) + to;
    const pictures = [
      fill('<g/>', `<svg ${SVG}>`, '</svg>'),
      fill('<a xmlns="u"/>', `<svg ${SVG}>`, '</svg>'),
      fill('<!---->', '', `<svg ${SVG}/>`),
      fill('<!--', `<svg ${SVG}>`),
      fill('&amp;', `<svg ${SVG}>`, '</svg>'),
      fill('&', `<svg ${SVG}>`, '</svg>'),
      fill('<![CDATA[]]>', `<svg ${SVG} ${OB}><openbadges:credential>`, '</openbadges:credential></svg>'),
      fill('<', `<svg ${SVG}>`),
      fill('a', '<'),
      fill(' ', '<svg', '/>'),
      fill('<?', `<svg ${SVG}>`),
      fill(' version', '<?xml', '?>'),
      fill('<a b="', `<svg ${SVG}>`),
    ];
    for (const picture of pictures) {
      const start = performance.now();
      extractFromSvg(picture);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});
