namespace GeminiBalance.Gateway.Images;

/// <summary>Registers and maps what makes pictures and keeps them.</summary>
internal static class ImageServices
{
    public static IServiceCollection AddImages(this IServiceCollection services) => services
        .AddSingleton<ImageCalls>()
        .AddSingleton<ImageInputs>()
        .AddSingleton<PictureHosting>()
        .AddSingleton<ImagesEndpoint>();
}
