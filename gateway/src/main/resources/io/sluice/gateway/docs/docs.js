// Everything comes from the gateway itself: no validator, no fonts, no other host.
SwaggerUIBundle({
  url: "/openapi",
  dom_id: "#calls",
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
