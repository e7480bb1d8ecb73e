/** What a browser without the token sees: how to get in. It tells nothing of the server. */
export function signInPage(): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark light">
    <title>Volley: sign in</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 0 1.5rem }
      code { font-family: ui-monospace, monospace }
    </style>
  </head>
  <body>
    <h1>This browser is not signed in</h1>
    <p>Open the address that Volley printed when it started: it begins with <code>http://</code>, ends with
      <code>?token=…</code> and signs this browser in.</p>
    <p>You have opened it before? Then you came here by a link of another site: <a href="">go on</a>.</p>
  </body>
</html>
`
}
