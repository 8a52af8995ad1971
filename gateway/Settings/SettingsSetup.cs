using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Options;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Brings the settings into a host.</summary>
internal static class SettingsSetup
{
    /// <summary>Reads <c>appsettings.json</c>, <c>.env</c> and the environment, the later over the earlier, and sets address and log level.</summary>
    /// <exception cref="StartException">Something is wrong; the message names every error.</exception>
    public static SettingsSource AddGatewaySettings(this WebApplicationBuilder builder, SettingCatalog catalog)
    {
        AddDotEnv(builder.Configuration, builder.Environment.ContentRootPath);
        var reading = SettingsReader.Read(builder.Configuration, catalog);
        if (reading.Errors.Count > 0)
        {
            throw new StartException($"The settings are wrong, nothing was started:{string.Concat(reading.Errors.Select(error => $"{Environment.NewLine}  {error}"))}");
        }

        var settings = reading.Settings;
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(ListenAddress(settings));
        }

        var source = new SettingsSource(builder.Configuration, catalog, reading);
        builder.Services.AddSingleton(source).AddSingleton<ISettingsSource>(source);
        builder.Services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(new LogLevelChanges(source));
        builder.Services.Configure<LoggerFilterOptions>(options => SetLevels(options, source.Current.LogLevel));

        // It prints a failed start with a stack trace; the failure itself reaches the end of the process in any case.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return source;
    }

    private static void SetLevels(LoggerFilterOptions options, LogLevel level)
    {
        options.MinLevel = level;
        options.AddFilter("Microsoft", level <= LogLevel.Debug ? level : LogLevel.Warning);
    }

    private static string ListenAddress(GatewaySettings settings)
    {
        // Kestrel takes no free port for a name, because that would be two ports: one for each version of IP.
        var host = settings is { Host: "localhost", Port: 0 } ? "127.0.0.1" : settings.Host;
        return $"http://{(host.Contains(':') ? $"[{host}]" : host)}:{settings.Port}";
    }

    /// <summary>Below the environment, above the files.</summary>
    private static void AddDotEnv(ConfigurationManager configuration, string folder)
    {
        var environment = configuration.Sources.ToList().FindIndex(source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        configuration.Sources.Insert(environment < 0 ? configuration.Sources.Count : environment, new DotEnvSource(Path.Combine(folder, ".env")));
    }
}
