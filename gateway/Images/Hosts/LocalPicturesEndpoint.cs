using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>GET <c>generated/{name}</c>: pictures that this gateway keeps. No token: browsers open them out of a chat.</summary>
internal sealed class LocalPicturesEndpoint(LocalPictures pictures, ISettingsSource settings)
{
    public const string Prefix = "/generated/";

    private static readonly string[] Verbs = ["GET", "HEAD"];

    /// <summary>The name in an address of such a picture, whichever way this gateway is reached; null for other addresses.</summary>
    public static string? NameOf(Uri address) =>
        address.AbsolutePath.LastIndexOf(Prefix, StringComparison.Ordinal) is >= 0 and var at ? address.AbsolutePath[(at + Prefix.Length)..] : null;

    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods(Prefix + "{name}", Verbs, GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        var name = context.GetRouteValue("name") as string ?? "";
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        if (pictures.Find(name, settings.Current) is not { } path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = PictureTypes.OfFile(name);
        response.ContentLength = new FileInfo(path).Length;
        response.Headers.CacheControl = "private, max-age=86400, immutable";
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.SendFileAsync(path, context.RequestAborted);
        }
    }
}
