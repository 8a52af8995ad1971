using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>The database as every gateway finds it: with its tables, and with the encryption key that all gateways share.</summary>
internal sealed class ClusterStorage(MySqlSchema schema, MySqlMeta facts, ISettingsSource settings) : IDisposable
{
    private SecretBox? box;

    /// <summary>Opens what is stored secretly.</summary>
    public SecretBox Box => box ?? throw new InvalidOperationException("The storage is not open yet.");

    /// <exception cref="StartException">The database cannot be used, or was written with another encryption key.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await schema.MigrateAsync(cancellationToken);
            await OpenBoxAsync((ClusterSettings)settings.Current, cancellationToken);
        }
        catch (MySqlStorageException failure)
        {
            throw new StartException(failure.Message);
        }
    }

    /// <summary>Opens what is there and changes nothing.</summary>
    /// <returns>False when no gateway and no silo has used the database yet.</returns>
    /// <exception cref="StartException">The database cannot be used, needs another version, or was written with another encryption key.</exception>
    public async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await schema.CountMissingAsync(cancellationToken) is var (missing, isNew) && missing > 0)
            {
                return isNew ? false : throw new StartException("The database was written by an older version: start this one once, which brings it forward. Nothing was changed.");
            }

            if (await facts.FindAsync(MasterKey.SaltName, cancellationToken) is not { } salt || await facts.FindAsync(MasterKey.CheckName, cancellationToken) is not { } proof)
            {
                return false;
            }

            var current = (ClusterSettings)settings.Current;
            box = MasterKey.OpenConfigured(current.EncryptionKey!, salt);
            RefuseOtherKey(box, proof, current);
            return true;
        }
        catch (MySqlStorageException failure)
        {
            throw new StartException(failure.Message);
        }
    }

    public void Dispose() => box?.Dispose();

    /// <summary>Whoever comes first writes salt and proof; all others, at the same moment too, get what was written.</summary>
    private async Task OpenBoxAsync(ClusterSettings current, CancellationToken cancellationToken)
    {
        var salt = await facts.GetOrAddAsync(MasterKey.SaltName, MasterKey.NewSalt(), cancellationToken);
        box = MasterKey.OpenConfigured(current.EncryptionKey!, salt);
        RefuseOtherKey(box, await facts.GetOrAddAsync(MasterKey.CheckName, MasterKey.Proof(box), cancellationToken), current);
    }

    private static void RefuseOtherKey(SecretBox box, byte[] proof, ClusterSettings current)
    {
        if (!MasterKey.Fits(box, proof))
        {
            throw new StartException(
                $"The keys in the database {current.DatabaseAddress()} were encrypted with another key. Set ENCRYPTION_KEY to the one that the other gateways have. Nothing was changed.");
        }
    }
}
