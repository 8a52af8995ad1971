namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Merges doubled slashes, which base addresses with a slash at the end bring about, before a route is chosen.</summary>
internal sealed class PathNormalization(RequestDelegate next)
{
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

        return next(context);
    }
}
