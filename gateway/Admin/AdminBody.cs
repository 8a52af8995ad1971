using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Gateway.Admin;

/// <summary>Bodies of the admin API.</summary>
internal static class AdminBody
{
    /// <summary>Before it is read: no more of it than <see cref="Limits.AdminBodyBytesMax"/>.</summary>
    public static void Bound(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = Limits.AdminBodyBytesMax;
        }
    }
    /// <summary>Whether there may be one; a body sent in chunks does not say how long it is.</summary>
    public static bool MayCome(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength > 0;
}
