using System.Collections.Immutable;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Settings;

/// <summary>The settings of a gateway of a cluster: those of every gateway, and where the cluster is. <see cref="ClusterSettingTable"/> says how each is written.</summary>
public sealed record ClusterSettings : GatewaySettings
{
    /// <summary>Where the database is: the settings <see cref="MySqlAddress.FromSettings"/> reads, by name.</summary>
    public ImmutableDictionary<string, Secret> MySql { get; init; } =
        ImmutableDictionary<string, Secret>.Empty.Add(MySqlAddress.PortSetting, new Secret("3306"));

    /// <summary>Silos and gateways of one name find each other in the database.</summary>
    public string ClusterId { get; init; } = "gemini-balance";

    /// <summary>How long a gateway that was asked to stop goes on taking requests, so that those in front of it notice.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long open requests are waited for after that.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="StartException">The settings do not say where the database is.</exception>
    public MySqlAddress DatabaseAddress()
    {
        try
        {
            return MySqlAddress.FromSettings(name => MySql.GetValueOrDefault(name)?.Reveal());
        }
        catch (MySqlStorageException failure)
        {
            throw new StartException(failure.Message);
        }
    }
}
