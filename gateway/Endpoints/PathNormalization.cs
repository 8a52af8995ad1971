using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Brings paths to one spelling before a route is chosen: doubled slashes, and other clients under OpenAI's version.</summary>
internal sealed class PathNormalization(RequestDelegate next)
{
    private static readonly PathString OpenAIModels = "/v1/models";
    private static readonly PathString GoogleModels = "/v1beta/models";
    private static readonly PathString AnthropicModels = "/anthropic/v1/models";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        if (path is not null && path.Contains("//", StringComparison.Ordinal))
        {
            while (path.Contains("//", StringComparison.Ordinal))
            {
                path = path.Replace("//", "/", StringComparison.Ordinal);
            }

            context.Request.Path = path;
        }

        // Google's SDKs use the version "v1" from their third major version on, and there GET models is OpenAI's too.
        if (context.Request.Path.StartsWithSegments(OpenAIModels, StringComparison.OrdinalIgnoreCase, out var rest) && context.Request.Headers.ContainsKey("x-goog-api-client"))
        {
            context.Request.Path = GoogleModels + rest;
        }

        // Anthropic's clients list models under the same path as OpenAI's.
        if (context.Request.Path.StartsWithSegments(OpenAIModels, StringComparison.OrdinalIgnoreCase, out rest) && context.Request.Headers.ContainsKey("anthropic-version"))
        {
            context.Request.Path = AnthropicModels + rest;
        }
        else if (IsGoogles(context.Request))
        {
            context.Request.Path = "/v1beta" + context.Request.Path.Value!["/v1".Length..];
        }

        return next(context);
    }

    // Files and batches are OpenAI's too; what follows the slash is in both cases another thing, and so is who asks.
    private static bool IsGoogles(HttpRequest request) =>
        request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase, out var rest)
        && ResourceName.TryParse(rest.Value, out var name)
        && (name.Collection is not (ResourceCollection.Files or ResourceCollection.Batches)
            || request.Headers.ContainsKey("x-goog-api-client") || request.Headers.ContainsKey("x-goog-api-key"));
}
