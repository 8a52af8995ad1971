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
}
