import type { ComponentChildren, VNode } from 'preact';
import { stylesheetPath } from './assets.js';
import { Form } from './components/form.js';
import { FrameContext, type Frame, sayIn } from './language.js';
import type { NavigationLink } from './navigation.js';
import { COMMON } from './texts/common.js';

export interface LayoutProps {
  readonly frame: Frame;
  readonly title: string;
  readonly mistakes: boolean;
  /** Address of this page in the other language. */
  readonly otherLanguageHref: string;
  readonly navigation: readonly NavigationLink[];
  /** Who is signed in and where. */
  readonly person?: { readonly name: string; readonly place?: string; readonly severalPosts: boolean };
  readonly demonstration: boolean;
  readonly children: ComponentChildren;
}

function Person({ person, say }: { person: NonNullable<LayoutProps['person']>; say: ReturnType<typeof sayIn> }): VNode {
  return (
    <div class="rr-person">
      <span class="rr-person__name">{person.name}</span>
      {person.place !== undefined && <span class="rr-person__place">{person.place}</span>}
      {person.severalPosts && <a href="/puesto">{say(COMMON.changePost)}</a>}
      <a href="/clave">{say(COMMON.password)}</a>
      <Form action="/salir">
        <button class="rr-link" type="submit">
          {say(COMMON.signOut)}
        </button>
      </Form>
    </div>
  );
}

/** Frame of every page: landmarks, skip link, head, navigation, the only `h1`. */
export function Layout(props: LayoutProps): VNode {
  const { frame, title, mistakes, otherLanguageHref, navigation, person, demonstration, children } = props;
  const say = sayIn(frame.language);
  const service = say(COMMON.service);
  const other = frame.language === 'es' ? 'en' : 'es';
  const windowTitle = mistakes ? say(COMMON.mistakePrefix, { title }) : title;
  return (
    <FrameContext.Provider value={frame}>
      <html lang={frame.language}>
        <head>
          <meta charSet="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{windowTitle === service ? service : `${windowTitle} — ${service}`}</title>
          <link rel="stylesheet" href={stylesheetPath} />
          <link rel="icon" href="data:," />
        </head>
        <body>
          <a class="rr-skip" href="#contenido">
            {say(COMMON.skip)}
          </a>
          <header class="rr-head">
            <div class="rr-head__bar">
              <a class="rr-head__brand" href="/">
                {service}
              </a>
              <a class="rr-head__language" href={otherLanguageHref} lang={other} hreflang={other}>
                {say(COMMON.otherLanguage)}
              </a>
            </div>
            {person && <Person person={person} say={say} />}
            {navigation.length > 1 && (
              <nav class="rr-nav" aria-label={say(COMMON.menu)}>
                <ul>
                  {navigation.map(({ href, label, current }) => (
                    <li>
                      <a href={href} aria-current={current ? 'page' : undefined}>
                        {say(label)}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
          </header>
          <main class="rr-main" id="contenido">
            <h1>{title}</h1>
            {children}
          </main>
          {demonstration && (
            <footer class="rr-foot">
              <p>{say(COMMON.demonstration)}</p>
            </footer>
          )}
        </body>
      </html>
    </FrameContext.Provider>
  );
}
