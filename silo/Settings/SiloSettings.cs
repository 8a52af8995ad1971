using System.Net;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Silo.Settings;

/// <summary>All settings of a silo. <see cref="SiloSettingTable"/> says how each is written.</summary>
public sealed record SiloSettings
{
    /// <summary>Where ledgers, membership and reminders are stored. Null only while settings are read.</summary>
    public MySqlAddress Database { get; init; } = null!;

    /// <summary>Silos and gateways of one name find each other in the database.</summary>
    public string ClusterId { get; init; } = "gemini-balance";

    /// <summary>Where other processes reach this one.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>The port for gateways.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The address the health endpoints listen on: an IP address, <c>localhost</c>, or <c>*</c>.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port the health endpoints listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 8090;

    /// <summary>Whether ledgers already claimed go on granting while nobody can reach the database.</summary>
    public bool GrantWithoutDatabase { get; init; } = true;

    /// <summary>Consecutive failures by a key's own, not conclusive, fault after which it counts as rejected.</summary>
    public int MaxFailures { get; init; } = 3;

    /// <summary>How long changes of ledgers gather before they are written together.</summary>
    public TimeSpan WriteInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
