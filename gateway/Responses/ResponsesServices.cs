using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Storage;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Registers and maps the Responses API.</summary>
internal static class ResponsesServices
{
    public static IServiceCollection AddResponses(this IServiceCollection services) => services
        .AddSingleton<IResponseStore, NoResponseStore>()
        .AddSingleton<ResponseKeeper>()
        .AddSingleton<ResponsesRun>()
        .AddSingleton<BackgroundRows>()
        .AddSingleton<BackgroundRuns>()
        .AddHostedService(provider => provider.GetRequiredService<BackgroundRuns>())
        .AddSingleton<BackgroundResponses>()
        .AddSingleton<ResponsesEndpoint>()
        .AddSingleton<KeptResponsesEndpoint>();

    /// <summary>Keeps responses in <typeparamref name="T"/>, encrypted, and deletes them in time.</summary>
    public static IServiceCollection AddResponseStore<T>(this IServiceCollection services)
        where T : class, IResponseStore => services
        .AddSingleton<T>()
        .AddSingleton<IResponseStore>(provider => new SealedResponseStore(provider.GetRequiredService<T>(), provider.GetRequiredService<SecretBox>()))
        .AddSingleton<ResponseRetention>()
        .AddHostedService(provider => provider.GetRequiredService<ResponseRetention>());

    /// <summary>Maps the paths. The endpoints are found when they are called: what they stand on opens between the building of the application and its start.</summary>
    public static void MapResponses(this WebApplication app)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["/v1/responses", "/hf/v1/responses"])
        {
            app.MapFace(Face.OpenAI, prefix, post: context => Find<ResponsesEndpoint>(context).AnswerAsync(context));
            app.MapFace(Face.OpenAI, prefix + "/input_tokens", post: context => Find<ResponsesEndpoint>(context).CountAsync(context));
            app.MapFace(
                Face.OpenAI,
                prefix + "/{id}",
                get: context => Find<KeptResponsesEndpoint>(context).GetAsync(context),
                delete: context => Find<KeptResponsesEndpoint>(context).DeleteAsync(context));
            app.MapFace(Face.OpenAI, prefix + "/{id}/input_items", get: context => Find<KeptResponsesEndpoint>(context).ListInputAsync(context));
            app.MapFace(Face.OpenAI, prefix + "/{id}/cancel", post: context => Find<KeptResponsesEndpoint>(context).CancelAsync(context));
        }
    }

    private static T Find<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
