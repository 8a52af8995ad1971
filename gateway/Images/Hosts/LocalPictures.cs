using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>A folder of pictures, bounded in number, size and age. Several gateways may share it: all of its state is in the files.</summary>
internal sealed class LocalPictures(TimeProvider time) : IDisposable
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string DefaultFolder = "images";
    private const string DraftEnd = ".tmp";
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Writes a picture, after the oldest have made room for it.</summary>
    /// <exception cref="PictureHostException">It is larger than all pictures together may be.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task AddAsync(string name, byte[] bytes, GatewaySettings settings, CancellationToken cancellationToken)
    {
        if (bytes.Length > settings.Images.LocalBytesMax)
        {
            throw new PictureHostException("it is larger than LOCAL_IMAGES_MAX_MB");
        }

        var folder = FolderOf(settings);
        await gate.WaitAsync(cancellationToken);
        try
        {
            CreateFolder(folder);
            MakeRoom(folder, bytes.Length, settings.Images);
            var path = Path.Combine(folder, name);

            // Never half a picture under its name, also for those who share the folder.
            var draft = path + DraftEnd;
            await File.WriteAllBytesAsync(draft, bytes, cancellationToken);
            File.SetLastWriteTimeUtc(draft, time.GetUtcNow().UtcDateTime);
            File.Move(draft, path);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <returns>The path of a picture that may be shown; null when there is none, or it is too old.</returns>
    public string? Find(string name, GatewaySettings settings)
    {
        if (!IsName(name))
        {
            return null;
        }

        var file = new FileInfo(Path.Combine(FolderOf(settings), name));
        return file.Exists && !IsOld(file, settings.Images) ? file.FullName : null;
    }

    public void Dispose() => gate.Dispose();

    private static string FolderOf(GatewaySettings settings) => Path.GetFullPath(
        settings.Images.LocalFolder.Length > 0 ? settings.Images.LocalFolder : Path.Combine(settings.DataDirectory, DefaultFolder));

    // What the gateway itself makes up; nothing that could lead out of the folder.
    private static bool IsName(string name) =>
        PictureTypes.OfFile(name) is not null && Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem && stem.All(char.IsAsciiLetterOrDigit);

    // What a process that died has left.
    private static bool IsDraft(string name) => name.EndsWith(DraftEnd, StringComparison.Ordinal) && IsName(name[..^DraftEnd.Length]);

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    private bool IsOld(FileInfo file, ImageSettings settings) => time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > settings.LocalAgeMax;

    private void MakeRoom(string folder, long bytes, ImageSettings settings)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles().Where(file => IsName(file.Name) || IsDraft(file.Name)).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        var kept = 0;
        foreach (var file in files)
        {
            bytes += file.Length;
            if (IsOld(file, settings) || ++kept >= settings.LocalCountMax || bytes > settings.LocalBytesMax)
            {
                file.Delete();
            }
        }
    }
}
