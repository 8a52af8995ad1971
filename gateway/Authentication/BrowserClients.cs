namespace GeminiBalance.Gateway.Authentication;

/// <summary>Lets clients that run in a browser in: any origin, any header, and no cookies, since a token in a header is what counts.</summary>
internal static class BrowserClients
{
    public const string PolicyName = "clients";

    private static readonly string[] Exposed =
    [
        "Retry-After", "x-should-retry", "x-gateway-attempts", "x-gateway-key-id",
        "x-goog-upload-url", "x-goog-upload-status", "x-goog-upload-chunk-granularity", "x-goog-upload-size-received",
    ];

    public static IServiceCollection AddBrowserClients(this IServiceCollection services) => services.AddCors(cors =>
        cors.AddPolicy(PolicyName, policy => policy
            .AllowAnyOrigin()
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders(Exposed)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
}
