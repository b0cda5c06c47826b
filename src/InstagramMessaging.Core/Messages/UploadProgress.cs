using System.Threading;

namespace InstagramMessaging.Core.Messages;

/// <summary>How far one file is on its way; any thread may ask.</summary>
/// <param name="name">The file's name.</param>
/// <param name="length">Its bytes.</param>
internal sealed class UploadProgress(string name, long length)
{
    private long _sent;

    public string Name { get; } = name;

    public long Length { get; } = length;

    /// <summary>The bytes that have been handed to the network in the present try.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Add(int count) => Interlocked.Add(ref _sent, count);

    /// <summary>A new try begins at the first byte.</summary>
    public void Restart() => Interlocked.Exchange(ref _sent, 0);
}
