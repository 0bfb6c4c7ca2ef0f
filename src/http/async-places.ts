/** Addresses of asynchronous work below the FHIR base, places in braces. */
export const ASYNC_PLACES = { job: '/_async/{job}', file: '/_async/{job}/{file}' } as const;
