using GeminiBalance.Gateway.Images.Hosts;

namespace GeminiBalance.Gateway.Images;

/// <summary>Registers and maps what makes pictures and keeps them.</summary>
internal static class ImageServices
{
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        // Addresses of uploads may hold a secret: the factory's own logging stays out.
        services.AddHttpClient(PictureHostClient.Name).ConfigurePrimaryHttpMessageHandler(provider => ActivatorUtilities.CreateInstance<EgressHandler>(provider)).RemoveAllLoggers();
        return services
            .AddSingleton<ImageCalls>()
            .AddSingleton<ImageInputs>()
            .AddSingleton<ImagesEndpoint>()
            .AddSingleton<ImagenChat>()
            .AddSingleton<AnswerPictures>()
            .AddSingleton<DrawnPictures>()
            .AddSingleton<PictureHosting>()
            .AddSingleton<PictureHostClient>()
            .AddSingleton<LocalPictures>()
            .AddSingleton<LocalPicturesEndpoint>()
            .AddSingleton<IPictureHost, SmMsHost>()
            .AddSingleton<IPictureHost, PicGoHost>()
            .AddSingleton<IPictureHost, CloudflareImgbedHost>()
            .AddSingleton<IPictureHost, AliyunOssHost>()
            .AddSingleton<IPictureHost, S3Host>()
            .AddSingleton<IPictureHost, LocalHost>();
    }

    /// <summary>Pictures that the gateway serves itself.</summary>
    public static void MapImages(this WebApplication app) => app.Services.GetRequiredService<LocalPicturesEndpoint>().Map(app);
}
