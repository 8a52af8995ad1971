using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>Lets no request have a large body, whatever endpoints allow, so that a test need not send gigabytes.</summary>
internal sealed class SmallBodies(long bytesMax) : IStartupFilter, IHttpMaxRequestBodySizeFeature
{
    public bool IsReadOnly => true;

    public long? MaxRequestBodySize
    {
        get => bytesMax;
        set => throw new InvalidOperationException("read-only");
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = bytesMax;
            context.Features.Set<IHttpMaxRequestBodySizeFeature>(this);
            return rest(context);
        });
        next(app);
    };
}
