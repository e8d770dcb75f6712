/** The launcher's style sheet. All values are the site's own, from its script tag. */
export function styles(accent: string, corner: string, offset: number, scheme: string): string {
  return (
    `:host{all:initial;position:fixed;z-index:2147483000;${corner}:${offset}px;bottom:${offset}px}` +
    `:host([hidden]){display:none}` +
    `button{all:unset;position:relative;display:block;width:56px;height:56px;border-radius:50%;background:${accent};color:#fff;cursor:pointer;box-shadow:0 6px 48px #0004;transition:.14s}` +
    `button:hover{transform:translateY(-2px)}` +
    `button:focus-visible{outline:3px solid ${accent};outline-offset:3px}` +
    `svg{position:absolute;inset:14px;width:28px;height:28px;fill:none;stroke:#fff;stroke-width:2;stroke-linejoin:round;transition:.14s}` +
    `:host(:not([data-open])) svg+svg,:host([data-open]) svg:first-child{opacity:0;transform:rotate(-30deg)}` +
    `span{position:absolute;top:-4px;right:-4px;min-width:10px;padding:0 6px;border-radius:11px;border:2px solid #fff;background:#c62828;font:600 12px/18px system-ui;text-align:center}` +
    `iframe{position:fixed;${corner}:${offset}px;bottom:${offset + 68}px;width:380px;height:640px;max-height:calc(100vh - ${offset + 84}px);border:0;border-radius:16px;box-shadow:0 6px 48px #0004;visibility:hidden;opacity:0;transform:translateY(8px);transition:.14s;color-scheme:${scheme}}` +
    `:host([data-open]) iframe{visibility:visible;opacity:1;transform:none}` +
    `@media(max-width:480px),(max-height:420px){iframe{inset:var(--y,0) 0 auto;width:100%;height:var(--h,100%);max-height:none;border-radius:0}:host([data-open]) button{visibility:hidden}}` +
    `@media(prefers-reduced-motion){*{transition:none!important}}` +
    `@media print{:host{display:none}}`
  );
}
