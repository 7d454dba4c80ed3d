/// <reference types="vite/client" />

/** Version of the build, as in package.json. */
declare const __APP_VERSION__: string
