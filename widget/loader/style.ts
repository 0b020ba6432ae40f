/**
 * Style of launcher and frame. It lives in the shadow root: nothing of the page comes in, nothing goes out. On the right the
 * launcher hangs on a translation, so that its changing width counts as no layout shift of the page.
 */
export const style = `
:host{all:initial!important}
@media print{:host{display:none!important}}
*{box-sizing:border-box}
.l{position:fixed;z-index:2147483000;bottom:20px;height:52px;min-width:52px;padding:0 16px;border:0;border-radius:99px;background:var(--c);color:var(--i);display:flex;gap:10px;align-items:center;justify-content:center;font:600 15px/1 system-ui,sans-serif;cursor:pointer;box-shadow:0 1px 2px rgb(16 24 40/.1),0 8px 24px rgb(16 24 40/.18);-webkit-tap-highlight-color:transparent}
.l.t{padding:0 20px 0 16px}
.l:dir(rtl).t{padding:0 16px 0 20px}
.l:hover{filter:brightness(1.08)}
.l:focus-visible{outline:2px solid var(--i);outline-offset:-5px}
.l svg{width:22px;height:22px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.b{position:absolute;top:0;inset-inline-end:4px;width:14px;height:14px;border-radius:50%;background:#d92d20;border:2px solid #fff}
.p{position:fixed;z-index:2147483001;width:400px;height:min(680px,calc(100dvh - 104px));bottom:84px;border-radius:16px;overflow:hidden;background:var(--c);box-shadow:0 0 0 1px rgb(16 24 40/.1),0 12px 40px rgb(16 24 40/.22);visibility:hidden;opacity:0;translate:0 8px}
.p.o{visibility:visible;opacity:1;translate:0;transition:opacity .14s,translate .14s}
.p.r{right:20px}.e{left:20px}
.l.r{left:100%;width:max-content;translate:calc(-100% - 20px)}
.p.s{top:0;bottom:0;height:100dvh;width:420px;border-radius:0}
.p.s.r{right:0}.p.s.e{left:0}
.p.f{inset:12px;width:auto;height:auto;border-radius:16px}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal}
[hidden]{display:none!important}
@media(max-width:480px){.p.p{inset:var(--y,0) 0 auto 0;width:100%;height:var(--h,100dvh);border-radius:0}.p.o~.l{display:none}}
@media(prefers-reduced-motion:reduce){.p.o{transition:none}}
`;
