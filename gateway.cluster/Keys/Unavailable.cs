using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Grains;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Tells people why keys cannot be read or changed now.</summary>
internal static class Unavailable
{
    /// <exception cref="AdministrationUnavailableException">The database or the silos cannot be reached.</exception>
    public static async ValueTask<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (Explain(failure) is { } reason)
        {
            throw new AdministrationUnavailableException(reason, failure);
        }
    }

    /// <returns>Null when the failure is a fault of this program.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        MySqlStorageException or LedgerUnavailableException or SilosUnavailableException => failure.Message,
        TimeoutException => "The silos did not answer in time. Whether the change was made shows in the list of keys.",
        OrleansException => "No silo could be reached. See that silos run and that their addresses can be reached from here.",
        _ => null,
    };
}
