using System.Net;
using System.Net.Sockets;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Silo.Hosting;
using GeminiBalance.Silo.Telemetry;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace GeminiBalance.Silo.Settings;

/// <summary>Brings the settings into a host.</summary>
internal static class SiloSettingsSetup
{
    /// <summary>In the place of an address: that of this machine's own name.</summary>
    private const string Auto = "auto";

    /// <summary>Reads <c>appsettings.json</c>, <c>.env</c> and the environment, the later over the earlier, and sets the log levels.</summary>
    /// <exception cref="StartException">Something is wrong; the message names every error.</exception>
    public static SiloSettings AddSiloSettings(this HostApplicationBuilder builder)
    {
        AddDotEnv(builder.Configuration, builder.Environment.ContentRootPath);
        var (settings, errors) = SiloSettingsReader.Read(builder.Configuration, Resolve);
        if (errors.Count > 0)
        {
            throw new StartException($"The settings are wrong, nothing was started:{string.Concat(errors.Select(error => $"{Environment.NewLine}  {error}"))}");
        }

        builder.Logging.AddLines(settings.LogLevel);
        builder.Services.AddSingleton(settings);
        return settings;
    }

    private static IReadOnlyList<IPAddress> Resolve(string name)
    {
        try
        {
            return [.. Dns.GetHostAddresses(name == Auto ? Dns.GetHostName() : name)
                .Where(address => !IPAddress.IsLoopback(address) || name == "localhost")
                .OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork)];
        }
        catch (SocketException)
        {
            return []; // No such name.
        }
    }

    /// <summary>Below the environment, above the files.</summary>
    private static void AddDotEnv(ConfigurationManager configuration, string folder)
    {
        var environment = configuration.Sources.ToList().FindIndex(source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        configuration.Sources.Insert(environment < 0 ? configuration.Sources.Count : environment, new DotEnvSource(Path.Combine(folder, ".env")));
    }
}
