/** Where there is no room for it, an address stands below its name. */
const addressBelow = (scope: string): string => `
${scope} td.address,${scope} thead .address{display:none}
${scope} .at{display:block}
${scope} tr.evidence div{max-width:calc(100vw - 9rem)}
`;

/** Where words do not fit, signs do: so that the matrix is in sight as a whole. What is hidden is still there for those who listen to it. */
const signsAlone = (scope: string): string => `
${scope} thead .version .long,${scope} td.version i+span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
${scope} .version{text-align:center}
${scope} thead .version{padding-inline:.3rem}
${scope} thead .version button{text-align:center;overflow-wrap:normal}
`;

/**
The look of the page. A colour never says anything that a sign or a word does not say too. On paper the head is on every page, which Chromium does
for a head without buttons alone.
*/
export const style = `
:root{color-scheme:light dark;--page:#fff;--panel:#f5f6f8;--ink:#1c2024;--soft:#5c6670;--line:#dfe3e8;--focus:#0b57d0;
--good-ink:#0a6b3d;--good:#e0f3e8;--bad-ink:#a5140f;--bad:#fcdad7;--open-ink:#7a4d00;--open:#fdeec8;--neutral-ink:#4c5660;--neutral:#eceff2}
@media (prefers-color-scheme:dark){:root{--page:#14171a;--panel:#1d2226;--ink:#e8eaed;--soft:#a3adb8;--line:#343b42;--focus:#8ab4f8;
--good-ink:#86dfae;--good:#12382a;--bad-ink:#ffb3ad;--bad:#5a1a18;--open-ink:#ffd98a;--open:#493606;--neutral-ink:#b9c2cc;--neutral:#2a3036}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:96rem;padding:1.5rem clamp(.75rem,3vw,2rem);background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.6rem;line-height:1.2}
header p{margin:.25rem 0 1.25rem;color:var(--soft)}
button,input{font:inherit;color:inherit}
:focus-visible{outline:3px solid var(--focus);outline-offset:1px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
.counts{display:flex;flex-wrap:wrap;gap:.75rem;margin:0 0 1.25rem;padding:0;list-style:none}
.counts li{flex:1 1 11rem}
.count{width:100%;padding:.6rem 1rem;border:2px solid transparent;border-radius:.6rem;text-align:left;cursor:pointer}
.count b{font-size:1.7rem;line-height:1.2}
.count span{font-weight:600}
.count small{display:block;color:inherit}
.count.none{background:var(--neutral);color:var(--neutral-ink)}
.count:hover{border-color:var(--line)}
.count[aria-pressed=true]{border-color:currentColor}
.pass,.good{background:var(--good);color:var(--good-ink)}
.fail,.bad{background:var(--bad);color:var(--bad-ink)}
.inconclusive,.open{background:var(--open);color:var(--open-ink)}
.neutral{background:var(--neutral);color:var(--neutral-ink)}
.controls{display:none;flex-wrap:wrap;gap:.5rem .75rem;align-items:center;margin:0 0 .75rem}
.js .controls{display:flex}
.controls label{font-weight:600}
.controls input{flex:1 1 14rem;min-width:0;padding:.45rem .7rem;border:1px solid var(--soft);border-radius:.5rem;background:var(--page)}
.controls input::placeholder{color:var(--soft);opacity:1}
.controls button{padding:.45rem .8rem;border:1px solid var(--soft);border-radius:.5rem;background:var(--panel);cursor:pointer}
.controls p{margin:0;color:var(--soft)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 .75rem;color:var(--soft);font-size:.85rem}
.legend i{display:inline-block;min-width:1.6em;padding:0 .3em;border-radius:.25rem;font-style:normal;font-weight:700;text-align:center}
.scroll{position:relative;overflow-x:auto;border:1px solid var(--line);border-radius:.6rem}
table{width:100%;font-size:.9rem;border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums}
caption,.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
tbody:last-child>tr:last-child>td{border-bottom:0}
thead th{background:var(--panel);vertical-align:bottom;white-space:nowrap}
th button{padding:0;border:0;background:none;text-align:left;overflow-wrap:anywhere;cursor:pointer}
thead button{font-weight:600}
.js thead button::after{content:"\\2195";display:inline-block;width:1em;margin-left:.2em;color:var(--soft);font-weight:400}
.js thead [aria-sort=ascending] button::after{color:inherit;content:"\\2191"}
.js thead [aria-sort=descending] button::after{color:inherit;content:"\\2193"}
tbody th{min-width:15rem;font-weight:600}
tbody th button{position:relative;font-weight:600}
.js tbody th button{padding-left:1.1em}
.note{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;font-weight:400;line-height:1.35;overflow-wrap:anywhere}
.js .note{padding-left:1.3em}
.at{display:none;padding-left:1.4em;font-weight:400}
.js tbody th button::before{content:"\\25b8";position:absolute;left:0;color:var(--soft)}
.js tbody th button[aria-expanded=true]::before{content:"\\25be"}
.verdict{width:1%;font-weight:600;white-space:nowrap}
thead .verdict{font-weight:600}
.address{min-width:8.5rem;overflow-wrap:anywhere}
td.version{width:1%;border-left:1px solid var(--page);white-space:nowrap}
td i{display:inline-block;width:1.4em;font-style:normal;font-weight:700;text-align:center}
td.bad{font-weight:700}
.unasked{display:block;text-align:center}
.unasked,small,.facts{color:var(--soft)}
.js tr.evidence:not(.unfolded){display:none}
tr.evidence td{padding:.5rem 1rem .9rem 2rem;background:var(--panel)}
tr.evidence div{content-visibility:auto;contain-intrinsic-size:auto 15rem}
tr.evidence ul{margin:.35rem 0;padding-left:1.1rem}
tr.evidence li{overflow-wrap:anywhere}
tr.evidence li b.pass,tr.evidence li b.fail,tr.evidence li b.inconclusive{padding:0 .35em;border-radius:.25rem}
.steps{list-style:"\\2192  "}
.title{margin:.35rem 0;font-weight:600}
a{color:var(--focus)}
.details{margin:2rem 0 0;padding-top:1rem;border-top:2px solid var(--line)}
.js .details:not(:target,.only){display:none}
.js main:has(>.details:target)>:not(.details:target){display:none}
.only .back,.only .problems,.only>p,.only>.steps{display:none}
.back{margin:0 0 .5rem}
h2{margin:0 0 .5rem;font-size:1.3rem;line-height:1.25;overflow-wrap:anywhere}
h3{margin:0 0 .4rem;font-size:1rem}
.details :not(dd)>b.pass,.details :not(dd)>b.fail,.details :not(dd)>b.inconclusive{padding:0 .35em;border-radius:.25rem}
.details section{min-width:0;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.6rem;background:var(--panel)}
.details ul{margin:.2rem 0;padding-left:1.1rem}
.details li,.details dd{overflow-wrap:anywhere}
.problems h3+ul{margin-top:0}
.parts{columns:2 30rem;column-gap:1rem;margin-top:1rem}
.parts section{break-inside:avoid;margin-bottom:1rem}
.details dl b.fail,.details dl b.inconclusive{padding:0;background:none;font-weight:600}
.details dl b.fail{color:var(--bad-ink)}
.details dl b.inconclusive{color:var(--open-ink)}
dl{display:grid;grid-template-columns:minmax(4.2rem,auto) minmax(60%,1fr);gap:.15rem .9rem;margin:0;font-size:.9rem}
dt{grid-column:1;color:var(--soft)}
dd{grid-column:2;min-width:0;margin:0}
.facts{margin:.35rem 0;font-size:.85rem}
pre{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem}
code{font-size:.9em}
.nothing{padding:1rem;text-align:center;color:var(--soft)}
@media (min-width:70rem){
.scroll:not(.wide){overflow:visible}
.scroll:not(.wide) thead th{position:sticky;top:0;z-index:1}
}
@media (min-width:92rem){
.scroll.wide{overflow:visible}
.scroll.wide thead th{position:sticky;top:0;z-index:1}
}
@media screen and (max-width:88rem){${addressBelow('.wide')}}
@media screen and (max-width:78rem){${signsAlone('.wide')}}
@media screen and (max-width:72rem){${addressBelow('.scroll')}}
@media screen and (max-width:62rem){${signsAlone('.scroll')}}
@media screen and (max-width:47rem){
th,td{padding:.3rem .2rem}
tbody th{min-width:7.5rem}
.scroll thead .version{padding-inline:.1rem;white-space:normal}
thead .version button{font-size:.8em;line-height:1.15}
.counts{gap:.4rem}
.counts li{flex:1 1 5rem}
.count{padding:.35rem .6rem}
.count span{display:block;font-size:.85rem}
.count small{display:none}
thead .verdict .long,td.verdict i+span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.js thead .verdict button::after,.js thead .version button::after{display:block;width:auto;margin:0}
.js .note{padding-left:1.4em}
td i{width:1.3em}
tr.evidence td{padding:.4rem .6rem}
dl{grid-template-columns:1fr;gap:0}
dt,dd{grid-column:1}
dd{margin-bottom:.35rem}
.details section{padding:.6rem .7rem}
.scroll tr.evidence div{max-width:calc(100vw - 4rem)}
}
@media (prefers-contrast:more){:root{--line:currentColor;--soft:var(--ink)}}
@media print{
:root{--page:#fff;--panel:#fff;--ink:#000;--soft:#333;--line:#999;--good-ink:#0a6b3d;--good:#e0f3e8;--bad-ink:#a5140f;--bad:#fcdad7;--open-ink:#7a4d00;--open:#fdeec8;--neutral-ink:#333;--neutral:#eee}
body{max-width:none;padding:0;font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.js .controls,.skip{display:none}
.scroll,.scroll.wide{overflow:visible;border:0}
table{font-size:7.5pt}
th,td{padding:.1rem .25rem}
tbody th{min-width:13em}
.address{min-width:0;overflow-wrap:normal}
tbody{break-inside:avoid}
tr.evidence div{content-visibility:visible}
thead button{display:contents}
.js .details:not(:target,.only){display:block}
.details{break-before:page;border:0}
.details section{break-inside:avoid}
.back{display:none}
.parts{columns:1}
.scroll thead th,.scroll:not(.wide) thead th,.scroll.wide thead th{position:static}
.js thead button::after,.js tbody th button::before{content:none}
.js tbody th button,.js .note{padding-left:0}
}
`;
