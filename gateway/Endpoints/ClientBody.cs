using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Whether a request has a body. By its headers alone nobody knows: those of HTTP/2 need not say.</summary>
internal static class ClientBody
{
    public static bool MayCome(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength > 0;
}
