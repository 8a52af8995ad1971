using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Silo.Health;

/// <summary>Answers <c>/health</c>, <c>/health/ready</c> and <c>/health/details</c>.</summary>
internal sealed class HealthApplication(SiloHealth health, SiloDetails details) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        switch (context.Request.Path.Value)
        {
            case "/health":
                return WriteAsync(context, StatusCodes.Status200OK, new HealthAnswer("healthy"), HealthJson.Default.HealthAnswer);
            case "/health/ready":
                var readiness = health.Read();
                return WriteAsync(context, readiness.StatusCode, new HealthAnswer(readiness.Word), HealthJson.Default.HealthAnswer);
            case "/health/details":
                return WriteAsync(context, StatusCodes.Status200OK, details.Read(), HealthJson.Default.DetailsAnswer);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private static Task WriteAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, type, cancellationToken: context.RequestAborted);
    }
}
