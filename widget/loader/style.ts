/**
 * Style of launcher and frame. It lives in the shadow root: nothing of the page comes in, nothing goes out. On the right the
 * launcher hangs on a translation, so that its changing width counts as no layout shift of the page. The ink is black or white,
 * whichever can be read better on the colour: `y` is the relative luminance that WCAG means. The panel fades in and does not move:
 * a browser swallows clicks into a frame of another site that moved a moment ago.
 */
export const style = `
:host{all:initial!important;position:fixed!important;z-index:2147483000!important}
@media print{:host{display:none!important}}
button,div{position:fixed;background:var(--c);box-shadow:0 0 0 1px rgb(16 24 40/.08),0 8px 32px rgb(16 24 40/.2)}
button{bottom:20px;height:52px;padding:0 15px;border:0;border-radius:99px;color:color(from var(--c) xyz calc((.179 - y)*999) calc((.179 - y)*999) calc((.179 - y)*999));display:flex;gap:10px;align-items:center;font:600 15px/1 system-ui,sans-serif;cursor:pointer}
button.text{padding-inline:16px 20px}
button:hover{filter:brightness(1.08)}
button:focus-visible{outline:2px solid;outline-offset:-5px}
svg{width:22px;height:22px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.icon svg{fill:currentColor;stroke:none}
i{position:absolute;top:0;inset-inline-end:4px;width:10px;height:10px;border-radius:9px;background:#d92d20;border:2px solid #fff}
div{z-index:1;width:min(max(var(--w,400px),320px),100vw - 40px);height:min(max(var(--t,680px),320px),100dvh - 104px);bottom:84px;border-radius:16px;overflow:hidden;visibility:hidden;opacity:0}
div.open{visibility:visible;opacity:1;transition:opacity .14s}
.left{left:20px}
div.right{right:20px}
button.right{left:100%;width:max-content;translate:calc(-100% - 20px)}
div.sidebar{inset-block:0;height:100dvh;border-radius:0}
div.sidebar.left{left:0}
div.sidebar.right{right:0}
div.full.full{inset:12px;width:auto;height:auto;border-radius:16px}
iframe{display:block;width:100%;height:100%;border:0}
.bare svg,span:empty,[hidden]{display:none!important}
@media(max-width:480px){div:not(#a){inset:var(--y,0) 0 auto;width:100%;height:var(--h,100dvh);border-radius:0}.open~button{display:none}}
@media(prefers-reduced-motion){div{transition:none!important}}
`;
