using System.Data.Common;
using System.Text.Json;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The admin API. Every route needs the admin token; errors are JSON; no answer holds a key or a token.</summary>
internal static partial class AdminEndpoints
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddCallLogAdministration()
        .AddSingleton<KeyAdministration>()
        .AddSingleton<SettingsAdministration>()
        .AddSingleton<SettingOverrides>()
        .AddSingleton<SettingsReload>();

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapAdmin("GET", "/api/keys", context => Keys(context).ListAsync(context));
        routes.MapAdmin("POST", "/api/keys", context => Keys(context).AddAsync(context));
        routes.MapAdmin("PATCH", "/api/keys/{id}", context => Keys(context).ChangeAsync(context));
        routes.MapAdmin("DELETE", "/api/keys/{id}", context => Keys(context).RemoveAsync(context));
        routes.MapAdmin("POST", "/api/keys/{id}/enable", context => Keys(context).EnableAsync(context));
        routes.MapAdmin("POST", "/api/keys/{id}/disable", context => Keys(context).DisableAsync(context));
        routes.MapAdmin("POST", "/api/keys/{id}/verify", context => Keys(context).VerifyAsync(context));
        routes.MapAdmin("GET", "/api/settings", context => Settings(context).ListAsync(context));
        routes.MapAdmin("PUT", "/api/settings", context => Settings(context).ChangeAsync(context));
        routes.MapAdmin("DELETE", "/api/settings/{name}", context => Settings(context).RemoveAsync(context));
        routes.MapAdmin("POST", "/api/settings/reload", context => Settings(context).ReloadAsync(context));
        routes.MapAdmin("GET", "/v1/keys/list", context => Keys(context).ListByValidityAsync(context));
        routes.MapAdmin("GET", "/hf/v1/keys/list", context => Keys(context).ListByValidityAsync(context));
        routes.MapCallLog();
        routes.MapProxies();
        routes.Map("/api/{**path}", NotFoundAsync).WithMetadata(AdminMetadata.Instance);
    }

    /// <summary>Maps one route that only the admin token opens.</summary>
    public static void MapAdmin(this IEndpointRouteBuilder routes, string method, string pattern, RequestDelegate handler) =>
        routes.MapMethods(pattern, [method], context => GuardAsync(context, handler)).WithMetadata(AdminMetadata.Instance);

    private static async Task GuardAsync(HttpContext context, RequestDelegate handler)
    {
        try
        {
            await handler(context);
        }
        catch (JsonException failure)
        {
            var place = failure.Path is { Length: > 1 } path ? $": see {path}" : "";
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_json", $"The body is not the JSON this route takes{place}.");
        }
        catch (DbException failure) when (!context.Response.HasStarted)
        {
            Log.DatabaseFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AdminEndpoints)), failure);
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "database_unavailable", "The database does not answer. The gateway's log says why.");
        }
        catch (AdministrationUnavailableException failure) when (!context.Response.HasStarted)
        {
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "unavailable", failure.Message);
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await AdminAnswers.ErrorAsync(context, failure.StatusCode, "too_large", $"The body is larger than {Limits.AdminBodyBytesMax} bytes.");
        }
    }

    private static Task NotFoundAsync(HttpContext context) =>
        AdminAnswers.ErrorAsync(context, StatusCodes.Status404NotFound, "unknown_route", "There is no such route, or not with this method.");

    private static KeyAdministration Keys(HttpContext context) => context.RequestServices.GetRequiredService<KeyAdministration>();

    private static SettingsAdministration Settings(HttpContext context) => context.RequestServices.GetRequiredService<SettingsAdministration>();

    private static partial class Log
    {
        [LoggerMessage(EventIds.AdminDatabaseFailed, LogLevel.Error, "A call of the admin API could not be served: the database does not answer")]
        public static partial void DatabaseFailed(ILogger logger, Exception failure);
    }
}
