/** The projects of Playwright that make up the tests: the web app, and what is the desktop's own. `npm run e2e:desktop` plays all on the desktop. */
export const TEST_PROJECTS = ['--project=web', '--project=standin', '--project=electron'] as const
