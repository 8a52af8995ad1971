using System.Net;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Silo.Settings;

/// <summary>Settings as they were written one by one, before they are looked at together.</summary>
internal sealed record SiloSettingsDraft
{
    public SiloSettings Settings { get; init; } = new();

    /// <summary>A host name or <c>auto</c> in the place of an address, to be looked up.</summary>
    public string? AddressName { get; init; }

    /// <summary>Puts the parts together.</summary>
    /// <param name="read">Gives a setting's text; null when it is not set.</param>
    /// <param name="resolve">Finds the addresses of a host name; empty when it has none.</param>
    /// <param name="errors">What does not fit together, fit to be shown.</param>
    public SiloSettings Complete(Func<string, string?> read, Func<string, IReadOnlyList<IPAddress>> resolve, ICollection<string> errors)
    {
        var settings = Settings;
        if (AddressName is { } name)
        {
            if (resolve(name) is [var address, ..])
            {
                settings = settings with { Address = address };
            }
            else
            {
                errors.Add($"SILO_ADDRESS = '{name}': this name has no address here that other machines could use. Write the IP address.");
            }
        }

        try
        {
            settings = settings with { Database = MySqlAddress.FromSettings(read) };
        }
        catch (MySqlStorageException failure)
        {
            errors.Add(failure.Message);
        }

        var ports = new (string Name, int Port)[] { ("SILO_PORT", settings.SiloPort), ("SILO_GATEWAY_PORT", settings.GatewayPort), ("PORT", settings.Port) };
        foreach (var same in ports.GroupBy(entry => entry.Port).Where(group => group.Count() > 1))
        {
            errors.Add($"{string.Join(", ", same.Select(entry => entry.Name))} = '{same.Key}': each needs a port of its own.");
        }

        return settings;
    }
}
