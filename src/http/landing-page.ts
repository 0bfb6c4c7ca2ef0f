import type { RequestHandler } from 'express';
import type { AppContext } from '../context.js';

/** What a person sees who opens the address in a browser: what this is and where the API begins. */
export const landingPage =
  (context: AppContext): RequestHandler =>
  (_request, response) => {
    response.type('html').send(`<!doctype html>
<html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Referencia y Respuesta</title></head>
<body><main>
<h1>Sistema Nacional de Referencia y Respuesta</h1>
<p>Servicio de referencia y respuesta al paciente y expediente clínico electrónico (FHIR R4), versión ${context.version}.</p>
<ul>
<li><a href="/fhir/metadata">Qué ofrece la API (CapabilityStatement)</a></li>
<li><a href="/openapi.json">Descripción OpenAPI</a></li>
<li><a href="/fhir/.well-known/smart-configuration">Cómo obtener un token (SMART)</a></li>
<li><a href="/readyz">Estado del servicio</a></li>
</ul>
<p lang="en">This is the FHIR R4 service for referral and response; start at <a href="/fhir/metadata">/fhir/metadata</a>.</p>
</main></body></html>`);
  };
